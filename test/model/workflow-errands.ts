/** The activities of one running workflow: what each does is its own, when it does it and whether it fails is the model's. */
import { once } from 'node:events';
import { Context } from '@temporalio/activity';
import { CancelledFailure } from '@temporalio/common';
import type { Command } from '../../workflows/domain/command.ts';
import type { Outcome } from '../../workflows/domain/event.ts';
import type { Failure } from '../../workflows/domain/failure-types.ts';
import { noteEnd, noteStart } from './books.ts';
import type { Fault } from './errand.ts';
import { promisesOfStart } from './start-promises.ts';
import { Call } from './workflow-call.ts';
import type { Pending } from './workflow-line.ts';
import { type Dated, kept } from './workflow-moments.ts';

interface Carried<T> {
  readonly command: Command;
  readonly work: () => Promise<T>;
  readonly outcomeOf: (result: T) => Outcome;
}

interface Employer extends Dated {
  readonly said: Promise<void>;
  lookAtClock(): Promise<void>;
  watch(look: () => void): void;
}

export class WorkflowErrands {
  /** By lane. */
  readonly calls = new Map<string, Call>();
  readonly #stay: Employer;
  /** Nothing is held: the clock moves, or everything is to end. */
  isOpen = false;
  /** For what comes next, where nothing was under way. */
  #faults: Fault[] = [];

  constructor(stay: Employer) {
    this.#stay = stay;
  }

  /** Whether anything goes on. */
  open(): boolean {
    this.isOpen = true;
    const held = Array.from(this.calls.values()).filter(({ isHeld }) => isHeld);
    for (const call of held) call.release({ fault: null });
    return held.length > 0;
  }

  /** From now on everything is held again. `pending`: what Temporal still knows of. */
  close({ pending }: { pending: readonly string[] }): void {
    this.isOpen = false;
    for (const call of Array.from(this.calls.values())) if (!pending.includes(call.activityId)) this.#leave({ call, answer: call.failure });
  }

  /** Whether it stands still: held, or between two tries. */
  isStill({ activityId, attempt, isUnwanted }: Pending): boolean {
    const call = Array.from(this.calls.values()).find((candidate) => candidate.activityId === activityId);
    if (call !== undefined && isUnwanted) call.isUnwanted = true;
    return call?.isStill({ attempt }) ?? false;
  }

  /** Whether anything goes on. */
  progress({ lane, fault }: { lane: string; fault: Fault | null }): boolean {
    const call = this.calls.get(lane);
    if (call?.isHeld !== true && fault !== null) this.#faults.push(fault);
    if (call?.isHeld !== true) return false;
    call.release({ fault });
    return true;
  }

  /** One try of an activity. */
  async carry<T>({ command, work, outcomeOf }: Carried<T>): Promise<T> {
    await this.#stay.said;
    await this.#stay.lookAtClock();
    const call = this.#arrive(command);
    await call.hold();
    await this.#stay.lookAtClock();
    const done = await this.#try({ call, work });
    call.phase = 'held after';
    if (this.isOpen) call.release({ fault: null });
    await call.hold();
    if ('result' in done) {
      this.#leave({ call, answer: outcomeOf(done.result) });
      return done.result;
    }
    const error = call.isUnwanted ? await cancellation() : done.error;
    if (call.fail(error) === 'for good') this.#leave({ call, answer: call.failure });
    throw error;
  }

  #arrive(command: Command): Call {
    const { activityId, attempt } = Context.current().info;
    const before = this.calls.get(command.lane);
    const call = before?.activityId === activityId ? before : new Call({ command, activityId });
    this.calls.set(command.lane, call);
    if (call !== before) this.#begin(command);
    call.arrive({ attempt });
    if (this.isOpen) call.release({ fault: this.#faults.shift() ?? null });
    return call;
  }

  #begin(command: Command): void {
    const stay = this.#stay;
    // What an alert is about is not told exactly, so neither whether staff has heard of it.
    const isAlert = command.kind === 'send' && command.notice.kind === 'staff_alert';
    if (!isAlert) stay.watch(() => kept({ stay, promises: (seen) => promisesOfStart({ player: seen, command }) }));
    noteStart({ stay, command });
  }

  async #try<T>({ call, work }: { call: Call; work: () => Promise<T> }): Promise<{ readonly result: T } | { readonly error: unknown }> {
    const fault = call.takeFault();
    if (fault?.isDone === false) return { error: call.errorOf(fault) };
    try {
      const result = await work();
      if (fault === null) return { result };
      this.#stay.post.doubt(call.command);
      return { error: call.errorOf(fault) };
    } catch (error) {
      return { error };
    }
  }

  #leave({ call, answer }: { call: Call; answer: Outcome | Failure }): void {
    const { command } = call;
    if (this.calls.get(command.lane) === call) this.calls.delete(command.lane);
    noteEnd({ stay: this.#stay, command, answer });
  }
}

/** What fails after it was given up ends as cancelled; Temporal says that it was given up in its answer to a beat. */
async function cancellation(): Promise<CancelledFailure> {
  const { cancellationSignal } = Context.current();
  Context.current().heartbeat();
  if (!cancellationSignal.aborted) await once(cancellationSignal, 'abort');
  return new CancelledFailure('given up');
}
