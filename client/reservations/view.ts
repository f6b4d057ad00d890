/** Where a reservation stands. */
import { viewOf } from '../../workflows/domain/view.ts';
import type { ReservationView } from '../../workflows/domain/view-types.ts';
import { viewQuery } from '../../workflows/messages.ts';
import { askStay } from './ask-stay.ts';
import { type Address, type Context, keyOf, type Scope, within } from './context.ts';

interface Asked extends Address {
  readonly context: Context;
  readonly scope: Scope;
}

/** null: unknown, or out of scope. @throws NoWorker within 3 s where it runs and no worker answers; TemporalUnavailable */
export async function view({ context, scope, ...address }: Asked): Promise<ReservationView | null> {
  if (!within(scope.sources, address.source)) return null;
  const { workflowId } = keyOf({ deployment: context.deployment, address });
  const seen = await askStay({
    context,
    workflowId,
    query: (client) => client.getHandle(workflowId).query(viewQuery),
    derive: (state) => viewOf({ state, now: Date.now() }),
  });
  return seen !== null && within(scope.properties, seen.propertyId) ? seen : null;
}
