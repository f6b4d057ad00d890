/**
 * The one place that says what an error of Seam's means. Seam's words stop here: its messages may quote a guest or a code, and the
 * error that the client throws carries the request with its API key.
 */
import { SeamHttpApiError, SeamHttpInvalidResponseError } from '@seamapi/http';
import { ApplicationFailure } from '@temporalio/common';
import { z } from 'zod';
import type { FailureType } from '../../../workflows/domain/failure-types.ts';
import { failure } from '../../failures.ts';
import { reservationRefusal } from './reservation-conflicts.ts';

const SECOND = 1_000;

/** The parts of an AxiosError that matter; the client lets it through for every answer that is not Seam's JSON. */
const axiosError = z.object({
  isAxiosError: z.literal(true),
  code: z.string().optional(),
  response: z.object({ status: z.number(), headers: z.unknown() }).optional(),
});

const retryAfterHeader = z.object({ 'retry-after': z.string() });

const detail = z.object({ code: z.string().nullable() });

/** A 404 that is about our key or workspace: it says nothing about the thing that was asked for. */
const NO_ACCOUNT = /^(api_key|workspace)_not_found$/;

/**
 * Any error of a call to Seam as a failure with a named type: `SeamNotFound` only where Seam itself said so, in its own JSON, of
 * what was asked for. `code` is Seam's error type, or else the HTTP status or the transport's code.
 */
export function classifySeamError(error: unknown): ApplicationFailure {
  if (error instanceof ApplicationFailure) return error;
  if (error instanceof SeamHttpInvalidResponseError) return failure({ type: 'SeamUnreadable' });
  const transport = axiosError.safeParse(error instanceof SeamHttpApiError ? error.cause : error).data;
  const retryAfter = retryAfterOf(transport?.response?.headers);
  if (error instanceof SeamHttpApiError) {
    const { statusCode: status, code, message } = error;
    return failure({ ...(reservationRefusal({ status, code, message }) ?? { type: typeOfAnswer({ status, code }), code }), retryAfter });
  }
  if (transport?.response !== undefined) {
    const { status } = transport.response;
    return failure({ type: typeOfForeignAnswer(status), code: String(status), retryAfter });
  }
  if (transport !== undefined) return failure({ type: 'SeamUnavailable', code: transport.code ?? null });
  if (error instanceof Error && error.name === 'AbortError') return failure({ type: 'SeamUnavailable', code: 'aborted' });
  return failure({ type: 'Unexpected', code: error instanceof Error ? error.name : null });
}

/** Of this type, and of this code where one is asked for. */
export function isSeamFailure(error: unknown, type: FailureType, code?: string): boolean {
  if (!(error instanceof ApplicationFailure) || error.type !== type) return false;
  return code === undefined || detail.safeParse(error.details?.[0]).data?.code === code;
}

function passingType(status: number): FailureType | null {
  if (status === 429) return 'SeamRateLimited';
  return status === 408 || status === 425 || status >= 500 ? 'SeamUnavailable' : null;
}

function typeOfAnswer({ status, code }: { readonly status: number; readonly code: string }): FailureType {
  if (status === 401 || status === 403 || NO_ACCOUNT.test(code)) return 'SeamUnauthorized';
  if (status === 404) return 'SeamNotFound';
  if (status === 409) return 'SeamConflict';
  return passingType(status) ?? 'SeamRejected';
}

/** Not Seam's JSON, so something between us answered, a proxy or a firewall: no proof that anything is absent or refused for good. */
const typeOfForeignAnswer = (status: number): FailureType => passingType(status) ?? 'SeamUnreadable';

/** `Retry-After` in milliseconds: seconds or an HTTP date (RFC 9110, 10.2.3); null where there is none to keep to. */
function retryAfterOf(headers: unknown): number | null {
  const value = retryAfterHeader.safeParse(headers).data?.['retry-after'].trim();
  if (value === undefined) return null;
  const pause = /^\d{1,6}$/.test(value) ? Number(value) * SECOND : Date.parse(value) - Date.now();
  return pause > 0 ? pause : null;
}
