/** What a standard stay leaves in Temporal, and what a provider bills for it. */
import type { Client, WorkflowHandle } from '@temporalio/client';
import type proto from '@temporalio/proto';
import { median } from './statistics.ts';

type HistoryEvent = proto.temporal.api.history.v1.IHistoryEvent;

export interface PerReservation {
  readonly actions: number;
  readonly events: number;
  /** As the server reports it at completion. */
  readonly historyBytes: number;
}

/** Medians over these closed stays. */
export async function measureHistories({
  client,
  workflowIds,
}: {
  readonly client: Client;
  readonly workflowIds: readonly string[];
}): Promise<PerReservation> {
  const stays = await Promise.all(workflowIds.map((workflowId) => measure(client.workflow.getHandle(workflowId))));
  return {
    actions: median(stays.map((stay) => stay.actions)),
    events: median(stays.map((stay) => stay.events)),
    historyBytes: median(stays.map((stay) => stay.historyBytes)),
  };
}

async function measure(handle: WorkflowHandle): Promise<PerReservation> {
  const [{ historySize = 0 }, { events }] = await Promise.all([handle.describe(), handle.fetchHistory()]);
  const all = events ?? [];
  return { actions: all.reduce((sum, event, i) => sum + actionsOf({ event, i }), 0), events: all.length, historyBytes: historySize };
}

/**
 * Billed actions of one event (docs.temporal.io/cloud/actions): start, signals, accepted updates, each try of an activity, timers, upserts,
 * continue-as-new. The signal of a signal-with-start stands right behind the start and is one action with it.
 */
function actionsOf({ event, i }: { readonly event: HistoryEvent; readonly i: number }): number {
  if (event.activityTaskStartedEventAttributes) return event.activityTaskStartedEventAttributes.attempt ?? 1;
  if (event.workflowExecutionSignaledEventAttributes) return i === 1 ? 0 : 1;
  const isBilled =
    event.workflowExecutionStartedEventAttributes ??
    event.workflowExecutionUpdateAcceptedEventAttributes ??
    event.timerStartedEventAttributes ??
    event.upsertWorkflowSearchAttributesEventAttributes ??
    event.workflowExecutionContinuedAsNewEventAttributes;
  return isBilled ? 1 : 0;
}
