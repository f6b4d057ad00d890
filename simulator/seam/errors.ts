/** Seam's error answers: `{ error: { type, message, request_id, validation_errors? }, ok: false }`. */
import type { z } from 'zod';

export class SeamError extends Error {
  readonly status: number;
  readonly type: string;
  readonly validationErrors: object | null;

  constructor(error: { readonly status: number; readonly type: string; readonly message: string; readonly validationErrors?: object }) {
    super(error.message);
    this.name = 'SeamError';
    this.status = error.status;
    this.type = error.type;
    this.validationErrors = error.validationErrors ?? null;
  }
}

/** `kind` is the noun of the resource, for example `access_grant`: the type becomes `access_grant_not_found`. */
export function notFound(kind: string): SeamError {
  return new SeamError({ status: 404, type: `${kind}_not_found`, message: `${kind.replaceAll('_', ' ')} not found` });
}

/** 409. Seam documents neither status nor type of a duplicate key; both follow its `duplicate_access_code`. */
export function duplicate(kind: string): SeamError {
  return new SeamError({
    status: 409,
    type: `duplicate_${kind}`,
    message: `Another record of this workspace has this ${kind.replaceAll('_', ' ')} already`,
  });
}

export function invalid(parameter: string, message: string): SeamError {
  return new SeamError({
    status: 400,
    type: 'invalid_input',
    message: `${parameter}: ${message}`,
    validationErrors: { _errors: [], [parameter]: { _errors: [message] } },
  });
}

/** Seam's shape: per parameter `{ _errors: [text, …] }`, and `_errors` at the top for what concerns several. */
export function invalidInput(error: z.ZodError): SeamError {
  const byParameter: Record<string, { _errors: string[] }> = {};
  const general: string[] = [];
  for (const issue of error.issues) {
    const parameter = issue.path[0];
    if (parameter === undefined) general.push(issue.message);
    else (byParameter[String(parameter)] ??= { _errors: [] })._errors.push(issue.message);
  }
  const names = Object.keys(byParameter);
  const message = general[0] ?? `invalid: ${names.join(', ')}`;
  return new SeamError({ status: 400, type: 'invalid_input', message, validationErrors: { _errors: general, ...byParameter } });
}
