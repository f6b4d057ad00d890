/** What is wrong with the environment or the configuration file, all at once, in words that say where and what to do. */

export interface Problem {
  /** A variable (`MAIL_FROM`), or a place in a file (`latchkey.yaml:12 properties.harbour-house.timeZone`). */
  readonly where: string;
  /** What is wrong there. Never holds the value of a variable: it may be a secret. */
  readonly what: string;
  /** What to do about it; null where `what` says it already. */
  readonly remedy: string | null;
}

/** Thrown by everything in `config/` that reads what a person wrote. Its message is made to be printed as it is. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`;
    super([`Latchkey is not configured right (${count}):`, ...problems.map(line)].join('\n'));
    this.problems = problems;
  }
}

const line = ({ where, what, remedy }: Problem): string => `  ${where}: ${what}${remedy === null ? '' : `. ${remedy}`}`;
