/** An event about a door, brought to the stays that it concerns: it names none of them. */
import type { GrantAtDoor } from '../../activities/upkeep-ports.ts';
import { concernedStays } from '../../workflows/domain/door-events.ts';
import { widestAttention } from '../attention.ts';
import { type Sending, sendAll } from './seam-signal.ts';

/** How many heard of it. Each hears of its own grants only. */
export async function tellAtDoor({ grants, ...sending }: Sending & { readonly grants: readonly GrantAtDoor[] }): Promise<number> {
  const { context, signal } = sending;
  const { deployment, configuration } = context;
  const attentionBefore = widestAttention(configuration);
  const stays = concernedStays({ grants, eventType: signal.eventType, deployment, attentionBefore, now: Date.now() });
  const heard = await Promise.all(
    [...stays].map(([workflowId, accessGrantIds]) =>
      sendAll({ ...sending, signal: { ...signal, accessGrantIds }, workflowIds: [workflowId] }),
    ),
  );
  return heard.reduce((sum, count) => sum + count, 0);
}
