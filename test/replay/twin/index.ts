/** A copy of the workflow that does one thing more: what a careless change looks like to a running reservation. */
import { sleep } from '@temporalio/workflow';
import type { ReservationState } from '../../../workflows/domain/state.ts';
import type { StartArguments } from '../../../workflows/messages.ts';
import { reservationAccess as careful } from '../../../workflows/reservation-access.ts';

export async function reservationAccess(start: StartArguments): Promise<ReservationState> {
  await sleep(1);
  return careful(start);
}
