/** The audit log: lines of the log that are written at every level, for they are records and no news. */
import type { Logger } from './log.ts';

/** `{ "audit": true, … }`, redacted like every other line. */
export function createAudit(log: Logger): { record(entry: object): void } {
  const audit = log.child({ audit: true }, { level: 'info' });
  return { record: (entry) => audit.info(entry, 'stay erased') };
}
