/**
 * Wakes the workflow at the next deadline. A timer is set only where none rings before it. One that rings too early is left alone: timers are
 * billed when they are set, and looking once more costs nothing.
 */
import { sleep } from '@temporalio/workflow';
import type { Instant } from './domain/reservation.ts';

export class Alarm {
  private readonly timers = new Set<Instant>();
  private readonly ring: () => void;

  constructor(ring: () => void) {
    this.ring = ring;
  }

  /** `mayWait`: something else is sure to wake the workflow within so many milliseconds, so a later deadline needs no timer yet. */
  set({ at, mayWait }: { at: Instant | null; mayWait: number }): void {
    if (at === null || at - Date.now() > (mayWait === 0 ? Number.POSITIVE_INFINITY : mayWait)) return;
    for (const sooner of this.timers) if (sooner <= at) return;
    this.timers.add(at);
    void sleep(at - Date.now()).then(() => {
      this.timers.delete(at);
      this.ring();
    });
  }
}
