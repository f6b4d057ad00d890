/** Says at the start when Temporal forgets closed stays before their data is to be erased (rule 20). */
import type { Client } from '@temporalio/client';
import { retention } from '../client/retention.ts';
import type { Logger } from '../config/log.ts';
import type { Duration } from '../workflows/domain/reservation.ts';

const HOUR = 3_600_000;

interface Question {
  readonly client: Client;
  readonly eraseAfter: Duration;
  readonly log: Logger;
}

/** Only informs: where the account may not ask, the start goes on. */
export async function warnOfShortRetention({ client, eraseAfter, log }: Question): Promise<void> {
  const kept = await retention({ client }).catch((error: unknown) => {
    log.warn({ err: error }, 'cannot read how long Temporal keeps closed workflows');
    return null;
  });
  if (kept === null || kept >= eraseAfter) return;
  const text =
    "Temporal's namespace keeps closed workflows for less than privacy.eraseAfter: proof and the memory of old versions end with them, and " +
    'stays are erased shortly before they would be forgotten. Raise the retention of the namespace, or lower privacy.eraseAfter.';
  log.warn({ namespace: client.options.namespace, keptHours: kept / HOUR, eraseAfterHours: eraseAfter / HOUR }, text);
}
