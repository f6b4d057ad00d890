/**
 * What a refusal of Twilio's means: whether the message may go later, never, or only after somebody mends the credentials, and whether it
 * may have gone.
 */
import { ApplicationFailure } from '@temporalio/common';
import { z } from 'zod';
import { failure } from '../failures.ts';
import { UNREACHED } from './unreached.ts';

/** Twilio's error body; its `message` may quote the number, so nothing but the code is read. */
const errorBody = z.object({ code: z.number().int().positive() });

/**
 * About our account or our sender, whoever the message is to. 20003: authentication, 20404 on the account itself: no such account. 21212,
 * 21603, 21606, 21659, 21660: the sender's number is wrong, missing or not ours; 21701 to 21705: the messaging service.
 */
const OURS = new Set([20003, 20004, 20005, 20404, 21212, 21603, 21606, 21659, 21660, 21701, 21703, 21704, 21705]);
/** 20429: too many requests, 21611: the sender's queue is full, 14107 and 63038: rates and daily limits. */
const LATER = new Set([14107, 20429, 21611, 63038]);

/** An answer of 400 or above. The text of the answer stays out of it. */
export class TwilioRefusal extends Error {
  readonly status: number;
  readonly code: number | null;
  /** Milliseconds, or null. */
  readonly retryAfter: number | null;

  constructor({ statusCode, body, headers }: { readonly statusCode: number; readonly body: unknown; readonly headers?: unknown }) {
    super('Twilio refused a request');
    this.name = 'TwilioRefusal';
    this.status = statusCode;
    this.code = errorBody.safeParse(typeof body === 'string' ? parsed(body) : body).data?.code ?? null;
    this.retryAfter = pause(headers);
  }
}

export function smsFailure(error: unknown): ApplicationFailure {
  if (error instanceof ApplicationFailure) return error;
  if (!(error instanceof TwilioRefusal)) {
    const { code = null } = networkCode.catch({}).parse(error);
    return failure({ type: code !== null && UNREACHED.has(code) ? 'SmsUnavailable' : 'SmsUnanswered', code });
  }
  const { status, code, retryAfter } = error;
  const shown = String(code ?? status);
  if (status === 429 || status === 408 || status >= 500 || (code !== null && LATER.has(code)))
    return failure({ type: 'SmsUnavailable', code: shown, retryAfter });
  const isAboutUs = code === null ? status === 401 || status === 403 || status === 404 : OURS.has(code) || status === 401;
  return failure({ type: isAboutUs ? 'Unauthorized' : 'SmsRefused', code: shown });
}

/** `ECONNREFUSED`, `ECONNABORTED` (our timeout) and the like, as Node and axios name them. */
const networkCode = z.object({ code: z.string().optional().catch(undefined) });

const retryAfterHeader = z.object({ 'retry-after': z.string() });

/** Seconds or an HTTP date (RFC 9110, 10.2.3) as milliseconds from now. */
function pause(headers: unknown): number | null {
  const value = retryAfterHeader.safeParse(headers).data?.['retry-after'];
  if (value === undefined) return null;
  const wait = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.now();
  return Number.isFinite(wait) && wait >= 0 ? wait : null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
