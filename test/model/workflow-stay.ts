/**
 * One running `reservationAccess` with the model's world around it: what is said to it is queued and then really sent, and it is looked
 * at only when it is at rest.
 */
import type { SendInput } from '../../activities/inputs.ts';
import type { Event } from '../../workflows/domain/event.ts';
import type { Property } from '../../workflows/domain/property.ts';
import type { ReservationView } from '../../workflows/domain/view-types.ts';
import type { Action, ReservationFact } from '../../workflows/messages.ts';
import { noteConfiguration, noteOrder, noteWord } from './books.ts';
import type { Fault } from './errand.ts';
import { Heard } from './heard.ts';
import type { Playable } from './playable.ts';
import { Post } from './post.ts';
import { Record } from './record.ts';
import { ModelSeam } from './seam.ts';
import type { Watched } from './watched.ts';
import type { Call } from './workflow-call.ts';
import { WorkflowErrands } from './workflow-errands.ts';
import type { WorkflowLine } from './workflow-line.ts';

export class WorkflowStay implements Playable {
  readonly seam = new ModelSeam();
  readonly post = new Post();
  readonly record = new Record();
  readonly heard: Heard;
  readonly underWay = new WorkflowErrands(this);
  /** What the messages under way were asked to say, by their ids. */
  readonly sending = new Map<string, SendInput>();
  /** By the id that Seam gave. */
  readonly grantKeys = new Map<string, string>();
  readonly precision = 5_000;
  /** What is being said has reached the workflow, and is in the model's books. */
  said: Promise<void> = Promise.resolve();
  rebookedBy: string | null = null;
  now: number;
  isClosed = false;
  readonly #line: WorkflowLine;
  #view: ReservationView | null = null;
  #unsaid: (() => Promise<void>)[] = [];
  #broken: unknown = null;
  /** Something was said to it or done for it, or may have happened by itself, since it was last at rest. */
  #isStirred: 'no' | 'maybe' | 'yes' = 'yes';

  constructor({ line, fact, now }: { line: WorkflowLine; fact: ReservationFact; now: number }) {
    this.#line = line;
    this.now = now;
    this.heard = new Heard({ ...fact, now });
    this.#unsaid.push(() => line.put(fact));
  }

  get workflowId(): string {
    return this.#line.workflowId;
  }

  get errands(): ReadonlyMap<string, Call> {
    return this.underWay.calls;
  }

  get isQuiet(): boolean {
    return this.errands.size === 0 && this.record.troubles.size === 0;
  }

  get view(): ReservationView {
    if (this.#view === null) throw new Error('it was never at rest');
    return this.#view;
  }

  isBusy(lane: string): boolean {
    return this.errands.has(lane);
  }

  hear(fact: ReservationFact): void {
    if (this.isClosed && fact.reservation.version <= this.heard.reservation.version) return;
    noteWord({ stay: this, fact });
    this.#say(() => this.#line.put(fact));
  }

  configure(property: Property): void {
    if (!this.isClosed) this.tell({ kind: 'property', fact: noteConfiguration({ stay: this, property }) });
  }

  order(action: Action): boolean {
    if (this.isClosed) return false;
    this.#say(async () => {
      if (await this.#line.order(action)) noteOrder({ stay: this, action });
    });
    return true;
  }

  tell(event: Event): void {
    if (!this.isClosed) this.#say(() => this.#line.tell(event));
  }

  progress({ lane, fault = null }: { lane: string; fault?: Fault | null }): void {
    if (this.underWay.progress({ lane, fault })) this.#isStirred = 'yes';
  }

  finish(): void {
    if (this.#isStirred === 'no') this.#isStirred = 'maybe';
    if (this.underWay.open()) this.#isStirred = 'yes';
  }

  /** Says what is to be said, waits until nothing moves any more, and looks. @throws BrokenPromise, also of an activity */
  async settle(): Promise<'nothing new' | 'at rest'> {
    const stirred = this.#isStirred;
    if (stirred === 'no') return 'nothing new';
    this.#isStirred = 'no';
    this.said = this.#sayAll();
    await this.said;
    const { view, isClosed, pending } = await this.#line.rest({
      isStill: (activity) => this.underWay.isStill(activity),
      isStirred: stirred === 'yes',
    });
    this.#view = view;
    this.isClosed = isClosed;
    this.underWay.close({ pending });
    await this.lookAtClock();
    if (this.#broken !== null) throw this.#broken;
    return 'at rest';
  }

  async lookAtClock(): Promise<void> {
    this.now = await this.#line.now();
    this.seam.now = this.now;
  }

  /** It is played no more. */
  async end(): Promise<void> {
    this.underWay.open();
    if (!this.isClosed) await this.#line.end();
  }

  /** Looks at promises as of another moment. */
  at(moment: number, look: (stay: Watched) => void): void {
    const { now } = this;
    this.now = moment;
    try {
      look(this);
    } finally {
      this.now = now;
    }
  }

  async #sayAll(): Promise<void> {
    for (const say of this.#unsaid.splice(0)) await say();
  }

  #say(say: () => Promise<void>): void {
    this.#isStirred = 'yes';
    this.#unsaid.push(say);
  }

  /** A promise that breaks inside an activity, where its error would only be tried again, is remembered. */
  watch<T>(look: () => T): T {
    try {
      return look();
    } catch (error) {
      this.#broken ??= error;
      throw error;
    }
  }
}
