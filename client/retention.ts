/** How long the namespace keeps closed workflows. */
import type { Client } from '@temporalio/client';
import type { Duration } from '../workflows/domain/reservation.ts';
import { callTemporal, DEADLINE_MS } from './reservations/temporal-calls.ts';

const DAY = 24 * 3_600_000;

/** Milliseconds. @throws TemporalUnavailable */
export async function retention({ client }: { client: Client }): Promise<Duration> {
  const { namespace } = client.options;
  const deadline = Date.now() + DEADLINE_MS.write;
  const { config } = await callTemporal({ client, deadline, call: () => client.workflowService.describeNamespace({ namespace }) });
  return Number(config?.workflowExecutionRetentionTtl?.seconds ?? 0) * 1_000;
}

/**
 * Of a closed workflow the last moment, after its close, at which its erasure may start: once Temporal has forgotten a stay,
 * nobody knows any more which identities of Seam's were its guests'. A day before the end, or a quarter of a short retention.
 */
export const lastCall = (kept: Duration): Duration => kept - Math.min(DAY, kept / 4);
