/**
 * What an error of nodemailer's means: whether the message may go later, never, or only after somebody mends the login, and whether it may
 * have gone.
 */
import { ApplicationFailure } from '@temporalio/common';
import { z } from 'zod';
import { failure } from '../failures.ts';
import { UNREACHED } from './unreached.ts';

/** The fields of nodemailer's errors that decide; its `message` and `response` quote the server, and with it the address. */
const smtpError = z.object({
  code: z.string().optional().catch(undefined),
  /** The server's reply; false or absent where there was none. */
  responseCode: z.number().optional().catch(undefined),
  /** The command that was answered: `CONN`, `AUTH PLAIN`, `MAIL FROM`, `RCPT TO`, `DATA`. */
  command: z.string().optional().catch(undefined),
  /** The system's call that failed, such as `connect`; where a host has several addresses that is missing, and its code is kept here. */
  syscall: z.string().optional().catch(undefined),
  originalCode: z.string().optional().catch(undefined),
  /** What was waited for in vain before any message: the connection, the greeting, TLS. */
  timeoutType: z.string().optional().catch(undefined),
});

const LOGIN = new Set(['EAUTH', 'ENOAUTH', 'EOAUTH2']);
/** 530: authentication required, 534: mechanism too weak, 535: credentials invalid (RFC 4954). */
const LOGIN_REPLIES = new Set([530, 534, 535]);
/** Found by nodemailer itself before the server was asked: the same message would fail again. */
const UNSENDABLE = new Set(['EENVELOPE', 'EMESSAGE']);
const ABOUT_MESSAGE = new Set(['MAIL FROM', 'RCPT TO', 'DATA']);

export function mailFailure(error: unknown): ApplicationFailure {
  if (error instanceof ApplicationFailure) return error;
  const failed = smtpError.catch({}).parse(error);
  const { code, responseCode, command } = failed;
  const reply = responseCode === undefined ? null : String(responseCode);
  if (responseCode !== undefined && responseCode < 500) return failure({ type: 'MailUnavailable', code: reply });
  const isLogin =
    responseCode === undefined
      ? code !== undefined && LOGIN.has(code)
      : LOGIN_REPLIES.has(responseCode) || command?.startsWith('AUTH') === true;
  if (isLogin) return failure({ type: 'Unauthorized', code: reply ?? code ?? null });
  if (reply !== null && command !== undefined && ABOUT_MESSAGE.has(command)) return failure({ type: 'MailRefused', code: reply });
  if (reply === null && code !== undefined && UNSENDABLE.has(code)) return failure({ type: 'MailRefused', code });
  // A 5xx to the greeting: the server turns us away as a whole, which says nothing of this address.
  return failure({ type: reply !== null || isUnreached(failed) ? 'MailUnavailable' : 'MailUnanswered', code: reply ?? code ?? null });
}

/** It failed before a message could go. */
const isUnreached = ({ code, syscall, originalCode = '', timeoutType }: z.infer<typeof smtpError>): boolean =>
  code === 'EDNS' || code === 'ETLS' || syscall === 'connect' || UNREACHED.has(originalCode) || timeoutType !== undefined;
