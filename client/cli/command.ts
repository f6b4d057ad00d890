/** What a command of the command line is, and what it gets of the world. */
import type { Readable } from 'node:stream';
import type { Variables } from '../../config/variables.ts';

export interface Terminal {
  readonly env: Variables;
  /** Standard output, a line or several at a time. */
  readonly print: (text: string) => void;
  readonly stdin: Readable;
}

export interface Command {
  readonly name: string;
  /** As it is typed, such as `show KEY [--json]`. */
  readonly usage: string;
  /** One sentence. */
  readonly summary: string;
  /** Answers the exit status. @throws UsageError, Refused, ConfigurationError */
  run(input: Terminal & { readonly args: readonly string[] }): Promise<number>;
}
