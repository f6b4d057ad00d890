/** What happened, when and by whom: the operators' account of a stay. No name, contact or secret. */
import { KEPT, type ReservationState, type TimelineEntry } from './state.ts';

export function record({ state, entry }: { state: ReservationState; entry: TimelineEntry }): ReservationState {
  return { ...state, timeline: [...state.timeline, entry].slice(-KEPT.timeline) };
}
