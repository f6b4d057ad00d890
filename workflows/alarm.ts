/** One timer for the next deadline. It is set anew only when that deadline comes sooner: each timer is billed, an early ring is not. */
import { CancellationScope, sleep } from '@temporalio/workflow';
import type { Instant } from './domain/reservation.ts';

export class Alarm {
  private at: Instant | null = null;
  private scope: CancellationScope | null = null;
  private readonly ring: () => void;

  constructor(ring: () => void) {
    this.ring = ring;
  }

  /** `mayWait`: something else is sure to wake the workflow within so many milliseconds, so a later deadline needs no timer yet. */
  set({ at, mayWait }: { at: Instant | null; mayWait: number }): void {
    if (at === null || at - Date.now() > (mayWait === 0 ? Number.POSITIVE_INFINITY : mayWait)) return;
    if (this.at !== null && this.at <= at) return;
    this.scope?.cancel();
    this.start(at);
  }

  private start(at: Instant): void {
    const scope = new CancellationScope();
    this.at = at;
    this.scope = scope;
    void scope
      .run(() => sleep(at - Date.now()))
      .then(
        () => {
          this.at = null;
          this.scope = null;
          this.ring();
        },
        () => undefined, // cancelled by a sooner one
      );
  }
}
