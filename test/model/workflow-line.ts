/** The line to one workflow: everything that is said to it goes through Temporal, and it is asked only through Temporal. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type WorkflowClient, WorkflowNotFoundError, WorkflowUpdateFailedError } from '@temporalio/client';
import type { Event } from '../../workflows/domain/event.ts';
import type { ReservationState } from '../../workflows/domain/state.ts';
import { viewOf } from '../../workflows/domain/view.ts';
import type { ReservationView } from '../../workflows/domain/view-types.ts';
import {
  type Action,
  actUpdate,
  propertySignal,
  type ReservationFact,
  rebookedSignal,
  receiptSignal,
  reservationSignal,
  seamSignal,
  viewQuery,
} from '../../workflows/messages.ts';
import type { reservationAccess } from '../../workflows/reservation-access.ts';
import { initialSearchAttributes } from '../../workflows/visibility.ts';
import { promise } from './promise.ts';

/** `temporal.api.enums.v1.PendingActivityState`. */
const CANCEL_REQUESTED = 3;
/** Of real time, after which something must be stuck. Milliseconds. */
const LONGEST_UNREST = 20_000;
/** Events that nothing brings about between two looks, unless something goes round in circles. */
const MOST_EVENTS = 3_000;

export interface Rest {
  readonly view: ReservationView;
  readonly isClosed: boolean;
  /** Activities that are under way: held, or between two tries. */
  readonly pending: readonly string[];
}

/** An activity under way, as Temporal sees it. */
export interface Pending {
  readonly activityId: string;
  readonly attempt: number;
  /** The workflow gave it up. */
  readonly isUnwanted: boolean;
}

interface Look {
  readonly runId: string;
  readonly length: number;
  readonly isClosed: boolean;
  readonly pending: readonly Pending[];
}

interface Line {
  readonly client: WorkflowClient;
  readonly taskQueue: string;
  readonly name: string;
  readonly now: () => Promise<number>;
}

export class WorkflowLine {
  readonly name: string;
  readonly workflowId: string;
  readonly now: () => Promise<number>;
  readonly #client: WorkflowClient;
  readonly #taskQueue: string;
  /** At the last look. */
  #seen: { readonly runId: string; readonly length: number; readonly view: ReservationView } | null = null;

  constructor({ client, taskQueue, name, now }: Line) {
    this.#client = client;
    this.#taskQueue = taskQueue;
    this.name = name;
    this.workflowId = `latchkey:model:${name}`;
    this.now = now;
  }

  /** What the PMS says; a closed stay goes on from what it knew. */
  async put(fact: ReservationFact): Promise<void> {
    if (await this.#isTaken(() => this.#handle().signal(reservationSignal, fact))) return;
    const key = { source: 'model', reservationId: this.name, workflowId: this.workflowId };
    await this.#client.signalWithStart<typeof reservationAccess, [ReservationFact]>('reservationAccess', {
      taskQueue: this.#taskQueue,
      workflowId: this.workflowId,
      args: [{ reservation: key, carried: await this.#lastState() }],
      signal: reservationSignal,
      signalArgs: [fact],
      typedSearchAttributes: initialSearchAttributes({ key, fact, now: await this.now() }),
    });
  }

  async tell(event: Event): Promise<void> {
    await this.#isTaken(() => this.#signal(event));
  }

  /** Whether it was taken; a refusal has words. */
  async order(action: Action): Promise<boolean> {
    try {
      return await this.#isTaken(() => this.#handle().executeUpdate(actUpdate, { args: [action] }));
    } catch (error) {
      if (!(error instanceof WorkflowUpdateFailedError)) throw error;
      promise({ kept: (error.cause?.message ?? '') !== '', what: 'a refusal has words' });
      return false;
    }
  }

  async end(): Promise<void> {
    await this.#isTaken(() => this.#handle().terminate());
  }

  /**
   * Waits until whatever is under way stands still, and asks until nothing has happened meanwhile. `isStirred`: something was said or done
   * that its history need not show yet.
   */
  async rest({ isStill, isStirred }: { isStill: (activity: Pending) => boolean; isStirred: boolean }): Promise<Rest> {
    const before = this.#seen?.length ?? 0;
    let look = await this.#still(isStill);
    if (isStirred) look = await this.#askAgain({ look, isStill });
    while (!this.#isSeen(look)) {
      look = await this.#askAgain({ look, isStill });
      promise({ kept: look.length - before < MOST_EVENTS, what: 'the engine comes to rest' });
    }
    return { view: this.#lastSeen(), isClosed: look.isClosed, pending: look.pending.map(({ activityId }) => activityId) };
  }

  async #askAgain({ look, isStill }: { look: Look; isStill: (activity: Pending) => boolean }): Promise<Look> {
    this.#seen = { runId: look.runId, length: look.length, view: await this.#ask(look) };
    return this.#still(isStill);
  }

  #isSeen = ({ runId, length }: Look): boolean => this.#seen?.runId === runId && this.#seen.length === length;

  #lastSeen(): ReservationView {
    if (this.#seen === null) throw new Error('it was never looked at');
    return this.#seen.view;
  }

  async #still(isStill: (activity: Pending) => boolean): Promise<Look> {
    const deadline = Date.now() + LONGEST_UNREST;
    for (;;) {
      const look = await this.#look();
      const moving = look.pending.filter((activity) => !isStill(activity));
      if (moving.length === 0) return look;
      if (Date.now() > deadline) throw new Error(`no rest in sight of ${JSON.stringify(moving)}`);
      await sleep(5);
    }
  }

  /** Answered once the workflow has heard everything that was said before. */
  #ask({ isClosed }: Look): Promise<ReservationView> {
    return isClosed ? this.#lastView() : this.#soon(() => this.#handle().query(viewQuery));
  }

  async #look(): Promise<Look> {
    const { runId, historyLength, status, raw } = await this.#handle().describe();
    const pending = (raw.pendingActivities ?? []).map(({ activityId, attempt, state }) => ({
      activityId: activityId ?? '',
      attempt: attempt ?? 1,
      isUnwanted: Number(state) === CANCEL_REQUESTED,
    }));
    return { runId, length: historyLength, isClosed: status.name !== 'RUNNING', pending };
  }

  async #lastState(): Promise<ReservationState | null> {
    try {
      return await this.#handle().result();
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return null;
      throw error;
    }
  }

  async #lastView(): Promise<ReservationView> {
    const [state, now] = await Promise.all([this.#handle().result(), this.now()]);
    return viewOf({ state, now });
  }

  /** Whatever Temporal does not answer, ends. */
  #soon<T>(call: () => Promise<T>): Promise<T> {
    return this.#client.withDeadline(Date.now() + LONGEST_UNREST, call);
  }

  #handle() {
    return this.#client.getHandle<typeof reservationAccess>(this.workflowId);
  }

  #signal(event: Event): Promise<void> {
    const handle = this.#handle();
    switch (event.kind) {
      case 'property':
        return handle.signal(propertySignal, event.fact);
      case 'seam':
        return handle.signal(seamSignal, event.event);
      case 'receipt':
        return handle.signal(receiptSignal, event.receipt);
      case 'rebooked':
        return handle.signal(rebookedSignal, event.rebooked);
      default:
        throw new Error(`nobody says "${event.kind}" to a workflow`);
    }
  }

  async #isTaken(say: () => Promise<unknown>): Promise<boolean> {
    try {
      await this.#soon(say);
      return true;
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return false;
      throw error;
    }
  }
}
