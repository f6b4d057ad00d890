/** What the last sweep found, from its result: no worker is asked. */
import type { Client } from '@temporalio/client';
import { z } from 'zod';
import { callTemporal, DEADLINE_MS } from './reservations/temporal-calls.ts';
import { allOf, equals, startsWith } from './reservations/visibility-query.ts';
import { scheduleIdOf } from './schedules.ts';

const report = z.object({ unowned: z.number() });

/** Grants whose stay is not to be found; null: no sweep has ended that Temporal still knows. @throws TemporalUnavailable */
export async function unownedAtLastSweep({ client, deployment }: { client: Client; deployment: string }): Promise<number | null> {
  const ours = startsWith('WorkflowId', scheduleIdOf({ deployment, name: 'sweep' }));
  const query = allOf([equals('WorkflowType', 'sweep'), equals('ExecutionStatus', 'Completed'), ours]);
  const call = async (): Promise<number | null> => {
    // Visibility lists what closed last first.
    for await (const { workflowId, runId } of client.workflow.list({ query, pageSize: 1 })) {
      return report.parse(await client.workflow.getHandle(workflowId, runId).result()).unowned;
    }
    return null;
  };
  return callTemporal({ client, deadline: Date.now() + DEADLINE_MS.probe, call });
}
