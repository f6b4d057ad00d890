/**
 * JSON lines, each redacted as a whole just before it is written: whatever a library, a serializer or a child logger put in.
 *
 * `worker` and `serve` write to standard output, where containers' collectors read. Under `start` and on the command line standard
 * output is for people (`ready …`, `--json`), so the log goes to standard error there, and is quiet unless asked.
 */
import { type DestinationStream, destination, type Logger as PinoLogger, pino } from 'pino';
import type { LogLevel } from './engine-variables.ts';
import type { Role } from './environment.ts';
import { redact, redactFields } from './redaction.ts';

/** Messages are constant lower-case phrases; data goes into the object before them: `log.info({ workflowId }, 'grant created')`. */
export type Logger = PinoLogger;

/** `level` null: not said, which is `info` in production and `warn` on a person's terminal. */
export function createLogger({ role, level, stream }: { role: Role; level: LogLevel | null; stream?: DestinationStream }): Logger {
  const production = role === 'worker' || role === 'serve';
  return pino(
    {
      level: level ?? (production ? 'info' : 'warn'),
      base: { role },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: errorFields, error: errorFields },
      hooks: { streamWrite: redactLine },
    },
    stream ?? destination({ fd: production ? 1 : 2, sync: true }),
  );
}

interface ErrorFields {
  readonly type: string;
  readonly message: string;
  readonly errorCode?: string;
  readonly stack?: string;
  readonly cause?: unknown;
}

const ERROR_CODE = /^[A-Z][A-Z0-9_]+$/;

/** Only what every error has: the fields that HTTP clients add hold whole requests, with their headers and bodies. */
function errorFields(error: unknown): ErrorFields {
  if (!(error instanceof Error)) return { type: typeof error, message: String(error) };
  const { name, message, stack, cause } = error;
  const code = 'code' in error && typeof error.code === 'string' && ERROR_CODE.test(error.code) ? error.code : null;
  return {
    type: name,
    message,
    ...(code === null ? {} : { errorCode: code }),
    ...(stack === undefined ? {} : { stack }),
    ...(cause === undefined ? {} : { cause: errorFields(cause) }),
  };
}

function redactLine(line: string): string {
  try {
    return `${JSON.stringify(redactFields(JSON.parse(line)))}\n`;
  } catch {
    return `${redact(line.trimEnd())}\n`;
  }
}
