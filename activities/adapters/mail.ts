/** Mail over SMTP by nodemailer. A connection for each message: an abort ends that one alone, and none goes stale while idle. */
import { createTransport } from 'nodemailer';
import { failure } from '../failures.ts';
import type { MailMessage, MailPort } from '../ports.ts';
import { mailFailure } from './mail-failure.ts';

/** Milliseconds for each of: connecting, the server's greeting, silence later on. */
const TIMEOUT = 10_000;

interface MailSettings {
  /** As nodemailer takes it: `smtp://user:password@host:587`, `smtps://…`. */
  readonly smtpUrl: string;
  /** Sender where the property names none. */
  readonly from: string;
}

/**
 * Fails with `MailUnavailable` (not reached, 4xx: try again), `MailUnanswered` (it may have been taken), `MailRefused` (the address or the
 * message, for good), `Unauthorized` (the login). An aborted `signal` closes the connection and throws its reason; the message may have been
 * taken all the same.
 */
export function createMailAdapter({ smtpUrl, from }: MailSettings): MailPort {
  const transport = createTransport({
    url: smtpUrl,
    connectionTimeout: TIMEOUT,
    greetingTimeout: TIMEOUT,
    socketTimeout: TIMEOUT,
    dnsTimeout: TIMEOUT,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    async send(message, signal) {
      signal.throwIfAborted();
      try {
        const info = await transport.sendMail({ ...envelope({ message, from }), signal });
        if (info.accepted.length === 0) throw failure({ type: 'MailRefused', code: 'not_accepted' });
        return { messageId: message.messageId };
      } catch (error) {
        signal.throwIfAborted();
        throw mailFailure(error);
      }
    },
  };
}

/** Addresses go in as objects, so that a comma or bracket in one never makes two; the headers say that no person wrote this (RFC 3834). */
function envelope({ message, from }: { readonly message: MailMessage; readonly from: string }) {
  return {
    messageId: message.messageId,
    from: message.from ?? from,
    ...(message.replyTo === null ? {} : { replyTo: message.replyTo }),
    to: { name: '', address: message.to },
    subject: message.subject,
    text: message.text,
    html: message.html,
    ...(message.calendar === null ? {} : { icalEvent: { method: 'PUBLISH', filename: 'stay.ics', content: message.calendar } }),
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All', 'Content-Language': message.language },
  };
}
