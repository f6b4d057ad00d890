/**
 * Runs the pure core of one reservation as the workflow does: one decision a turn, commands under way side by side that end later and in
 * any order, one alarm. The world around it is the model's.
 */
import { apply } from '../../workflows/domain/apply.ts';
import { openStay } from '../../workflows/domain/apply-fact.ts';
import type { Command } from '../../workflows/domain/command.ts';
import { decide } from '../../workflows/domain/decide.ts';
import type { Event } from '../../workflows/domain/event.ts';
import type { Property } from '../../workflows/domain/property.ts';
import type { Reservation } from '../../workflows/domain/reservation.ts';
import type { ReservationState } from '../../workflows/domain/state.ts';
import { viewOf } from '../../workflows/domain/view.ts';
import type { ReservationView } from '../../workflows/domain/view-types.ts';
import { promiseOfAlarm } from './alarm-promise.ts';
import { noteEnd } from './books.ts';
import { attempt, type Errand, type Fault, giveUp, isFailure } from './errand.ts';
import { Heard } from './heard.ts';
import { Post } from './post.ts';
import { promise } from './promise.ts';
import { Record } from './record.ts';
import { ModelSeam } from './seam.ts';
import { promisesOfStart } from './start-promises.ts';
import type { Watched } from './watched.ts';

const KEY = { source: 'model', reservationId: 'R1', workflowId: 'latchkey:model:R1' } as const;
/** The longest that a command can be under way: the workflow's own limit. */
const LONGEST_ERRAND = 3 * 60_000;

export class Engine implements Watched {
  readonly seam = new ModelSeam();
  readonly post = new Post();
  readonly record = new Record();
  readonly heard: Heard;
  readonly errands = new Map<string, Errand>();
  readonly precision = 0;
  rebookedBy: string | null = null;
  state: ReservationState;
  now: number;
  /** The workflow has ended; only a newer word of the PMS starts it again. */
  isClosed = false;
  #wakeAt: number | null = null;

  constructor({ reservation, property, now }: { reservation: Reservation; property: Property; now: number }) {
    this.now = now;
    this.seam.now = now;
    this.heard = new Heard({ reservation, property, now });
    this.state = openStay({ key: KEY, fact: { reservation, property }, now });
    this.turn();
  }

  get isQuiet(): boolean {
    return this.errands.size === 0 && this.record.troubles.size === 0;
  }

  isBusy(lane: string): boolean {
    return this.errands.has(lane);
  }

  get view(): ReservationView {
    return viewOf({ state: this.state, now: this.now });
  }

  get wakeAt(): number | null {
    return this.isClosed ? null : this.#wakeAt;
  }

  tell(event: Event): void {
    if (this.isClosed) return;
    this.state = apply({ state: this.state, event, now: this.now });
    this.turn();
  }

  /** As the workflow does after each activation: one decision, then what is new is started and what nobody wants is given up. */
  turn(): void {
    const { commands, wakeAt, isFinished } = decide({ state: this.state, now: this.now });
    giveUp({ errands: this.errands.values(), commands });
    const fresh = commands.filter(({ lane }) => !this.errands.has(lane));
    const isNewlyDue = fresh.some((command) => this.record.beginsAnew(command));
    for (const command of fresh) this.#start(command);
    // Only now: what was decided in one go was decided by the patience of before.
    if (isNewlyDue) this.heard.dueSince = this.now;
    this.#wakeAt = wakeAt;
    this.isClosed = isFinished && this.errands.size === 0;
  }

  /** One step of a command: it is done in the world, or its answer is heard. A given-up one may fail without having been done. */
  progress({ lane, fault = null }: { lane: string; fault?: Fault | null }): void {
    const errand = this.errands.get(lane);
    if (errand === undefined) return;
    if (errand.answer !== null) return this.#hearAnswer({ errand, answer: errand.answer });
    errand.answer = attempt({ errand, fault, world: this });
    if (fault?.isDone) this.post.doubt(errand.command);
  }

  /** Everything under way ends, and what follows from it, until nothing is. */
  finish(): void {
    for (let round = 0; this.errands.size > 0; round += 1) {
      promise({ kept: round < 60, what: 'the engine comes to rest', details: [...this.errands.keys()] });
      for (const lane of Array.from(this.errands.keys())) {
        this.progress({ lane });
        this.progress({ lane });
      }
    }
  }

  /** Time passes; the alarm rings when it should, and whatever takes too long is given up. */
  advance(to: number): void {
    if (to - this.now > LONGEST_ERRAND) this.finish();
    while (this.now < to) {
      const limits = [...this.errands.values()].map(({ startedAt }) => startedAt + LONGEST_ERRAND);
      const next = Math.min(to, this.wakeAt ?? to, ...limits);
      this.#sleepUntil(Math.max(next, this.now + 1));
      for (const [lane, { startedAt }] of Array.from(this.errands)) if (startedAt + LONGEST_ERRAND <= this.now) this.#timeOut(lane);
      if (this.wakeAt !== null && this.wakeAt <= this.now) this.turn();
      if (to - this.now > LONGEST_ERRAND) this.finish();
    }
  }

  /** The state as the next run finds it: through JSON and back. */
  carryOn(): void {
    const carried: ReservationState = JSON.parse(JSON.stringify(this.state));
    this.state = carried;
  }

  #sleepUntil(at: number): void {
    if (!this.isClosed && at - 1 > this.now) promiseOfAlarm({ player: this, at: at - 1 });
    this.now = at;
    this.seam.now = at;
  }

  #start(command: Command): void {
    promisesOfStart({ player: this, command });
    this.errands.set(command.lane, { command, startedAt: this.now, isCancelled: false, answer: null });
    this.state = apply({ state: this.state, event: { kind: 'started', command }, now: this.now });
    if (command.kind === 'send') this.post.noteStart(command);
    this.record.noteStart({ command, status: this.heard.reservation.status, now: this.now });
  }

  #hearAnswer({ errand, answer }: { errand: Errand; answer: NonNullable<Errand['answer']> }): void {
    const { command } = errand;
    this.errands.delete(command.lane);
    noteEnd({ stay: this, command, answer });
    this.tell(isFailure(answer) ? { kind: 'failed', command, failure: answer } : { kind: 'ended', command, outcome: answer });
  }

  #timeOut(lane: string): void {
    const errand = this.errands.get(lane);
    if (errand?.answer === null) this.progress({ lane, fault: { pick: 0, isDone: lane.length % 2 === 0 } });
    if (errand !== undefined) this.#hearAnswer({ errand, answer: { type: 'Unexpected', code: null, retryAfter: null } });
  }
}
