/** What failed last on each lane, and may not be tried again at once. */
import type { Command } from '../../workflows/domain/command.ts';
import type { Failure } from '../../workflows/domain/failure-types.ts';

interface Trouble {
  readonly key: string;
  readonly at: number;
  readonly failure: Failure;
  /** Something was heard of what it waits for, so it may be tried at once. */
  isRoused: boolean;
}

export class Troubles {
  readonly #byLane = new Map<string, Trouble>();

  get size(): number {
    return this.#byLane.size;
  }

  has = (lane: string): boolean => this.#byLane.has(lane);
  get = (lane: string): Trouble | undefined => this.#byLane.get(lane);

  note({ command, failure, now }: { command: Command; failure: Failure; now: number }): void {
    this.#byLane.set(command.lane, { key: command.key, at: now, failure, isRoused: false });
  }

  delete(lane: string): void {
    this.#byLane.delete(lane);
  }

  /** A person orders everything to be tried. */
  clear(): void {
    this.#byLane.clear();
  }

  /** A person's `resend` is not bound by how much a property may send. */
  liftLimit(): void {
    for (const [lane, { failure }] of this.#byLane) if (failure.type === 'MessageLimit') this.#byLane.delete(lane);
  }

  /** Seam spoke of a grant: a deletion that was waited for may be done. */
  rouse(): void {
    for (const trouble of this.#byLane.values()) if (trouble.failure.type === 'StillThere') trouble.isRoused = true;
  }
}
