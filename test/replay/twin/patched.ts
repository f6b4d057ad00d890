/** The workflow with one step more, as a change is to be deployed: reservations that ran before it go on without the step. */
import { patched, sleep } from '@temporalio/workflow';
import type { ReservationState } from '../../../workflows/domain/state.ts';
import type { StartArguments } from '../../../workflows/messages.ts';
import { reservationAccess as before } from '../../../workflows/reservation-access.ts';

export async function reservationAccess(start: StartArguments): Promise<ReservationState> {
  if (patched('sleep-first')) await sleep(1);
  return before(start);
}
