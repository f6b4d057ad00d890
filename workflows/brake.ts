/**
 * The brake of one property, for as long as it stops something or remembers what it let through. Whoever wants to revoke without being
 * asked to asks it first; what it stops, staff hears of once.
 */
import { ApplicationFailure, allHandlersFinished, condition, continueAsNew, setHandler, workflowInfo } from '@temporalio/workflow';
import { brakeNotice } from './brake-alert.ts';
import { approveBrakeUpdate, askBrakeUpdate, type BrakeArguments, type BrakeView, brakeQuery } from './brake-messages.ts';
import { approveBrake, askBrake, type BrakeState, FREE, isFree, LEAVE, stopId } from './domain/brake.ts';
import { tellStaff } from './staff-alert.ts';

export async function brake({ propertyId, carried }: BrakeArguments): Promise<void> {
  let { state, alert, alertedOf } = carried ?? { state: FREE, alert: null, alertedOf: null };
  const isStopping = (): boolean => state.stopped.length > 0;
  const isUntold = (): boolean => state.stoppedAt !== alertedOf && isStopping() && alert !== null;
  const isLong = (): boolean => workflowInfo().continueAsNewSuggested;

  setHandler(brakeQuery, () => viewOf({ propertyId, state }));
  setHandler(askBrakeUpdate, ({ alert: whom, ...question }) => {
    const asked = askBrake({ state, question, now: Date.now() });
    ({ state } = asked);
    alert = whom;
    return asked.passes;
  });
  setHandler(
    approveBrakeUpdate,
    () => {
      const { length } = state.stopped;
      state = approveBrake({ state, now: Date.now() });
      return length;
    },
    {
      validator: ({ stopId: approved }) => {
        if (isStopping() && stopId({ propertyId, state }) === approved) return;
        throw ApplicationFailure.nonRetryable('What the brake holds has changed since; look again.', 'Refused');
      },
    },
  );

  for (;;) {
    // While it stops something only a person or a question can change that: no timer is paid for.
    await condition(() => isUntold() || !isStopping() || isLong());
    if (isUntold() && alert !== null) {
      alertedOf = state.stoppedAt;
      const notice = brakeNotice(viewOf({ propertyId, state }));
      await tellStaff({ staff: alert, notice, messageId: `brake-${state.stoppedAt ?? 0}` });
    }
    const isQuiet = !isStopping() && !(await condition(() => isStopping() || isLong(), LEAVE));
    if (isQuiet && isFree({ state, now: Date.now() })) return;
    if (isLong() && allHandlersFinished()) await continueAsNew<typeof brake>({ propertyId, carried: { state, alert, alertedOf } });
  }
}

const viewOf = ({ propertyId, state }: { propertyId: string; state: BrakeState }): BrakeView => ({
  id: stopId({ propertyId, state }),
  propertyId,
  stoppedAt: state.stoppedAt,
  live: state.live,
  stopped: state.stopped,
});
