/** How a command ends when it does not succeed: in words for a person, and in an exit status for a script. */
import { ConfigurationError } from '../../config/configuration-error.ts';
import { redact } from '../../config/redaction.ts';
import { plain } from './terminal-text.ts';

/** `refused`: asked right, and the answer is no, or there is none. `usage`: asked wrong. */
export const STATUS = { ok: 0, refused: 1, usage: 2 } as const;

/** The arguments are not what the command takes. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** It could not be done. The message says why and what to do, and is printed as it is, without control characters. */
export class Refused extends Error {
  override readonly name = 'Refused';
}

export const statusOf = (error: unknown): number => (isUsage(error) ? STATUS.usage : STATUS.refused);

/** `node:util` says what is wrong with an option in a sentence of its own. */
const isUsage = (error: unknown): boolean =>
  error instanceof UsageError ||
  (error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.startsWith('ERR_PARSE_ARGS'));

/** For standard error. What nobody foresaw comes with its stack, and without anything that looks like a secret. */
export function failureText(error: unknown): string {
  if (isUsage(error)) return `${lines(error)}\n\`latchkey --help\` shows how it is used.`;
  if (error instanceof Refused || error instanceof ConfigurationError) return lines(error);
  return redact(error instanceof Error ? `${error.stack ?? error.message}${causeText(error.cause)}` : String(error));
}

const lines = (error: unknown): string => (error instanceof Error ? error.message.split('\n').map(plain).join('\n') : '');

const causeText = (cause: unknown): string =>
  cause instanceof Error ? `\nbecause of ${cause.name}: ${cause.message}${causeText(cause.cause)}` : '';
