/** A command becomes its activity: one per lane, side by side, cancelled when the state no longer wants it. */
import { ActivityFailure, ApplicationFailure, CancellationScope, getExternalWorkflowHandle, isCancellation } from '@temporalio/workflow';
import { activities, once } from './activity-proxies.ts';
import type { Command } from './domain/command.ts';
import type { Event, Outcome } from './domain/event.ts';
import { type Failure, isFailureType } from './domain/failure-types.ts';
import type { ReservationState } from './domain/state.ts';
import { unitIdsOf } from './domain/unit-window.ts';
import { activityInput } from './inputs.ts';
import { contestedSignal, rebookedSignal } from './messages.ts';

interface Running {
  readonly key: string;
  /** null: it is carried through whatever happens. */
  readonly scope: CancellationScope | null;
}

/** Only these may be given up half-way: what they leave behind is found by key. */
const CANCELLABLE: ReadonlySet<Command['kind']> = new Set(['grant', 'changeWindow']);

/** A large party's grants are made by and by: the server bounds what may be under way, and Seam's rate is limited anyway. */
const MOST_AT_ONCE = 50;

export class Commands {
  private readonly running = new Map<string, Running>();
  private readonly report: (event: Event) => void;

  constructor(report: (event: Event) => void) {
    this.report = report;
  }

  get size(): number {
    return this.running.size;
  }

  /** Cancels what nobody wants any more; what is not under way yet is to be started. */
  reconcile(commands: readonly Command[]): readonly Command[] {
    const wanted = new Set(commands.map((command) => command.key));
    for (const { key, scope } of this.running.values()) {
      if (!wanted.has(key)) scope?.cancel();
    }
    return commands.filter((command) => !this.running.has(command.lane)).slice(0, Math.max(0, MOST_AT_ONCE - this.running.size));
  }

  /** `state` has everything on record that is started with it: what goes out side by side knows of each other. */
  start({ command, state }: { command: Command; state: ReservationState }): void {
    const scope = CANCELLABLE.has(command.kind) ? new CancellationScope() : null;
    this.running.set(command.lane, { key: command.key, scope });
    const report = (event: Event): void => {
      this.running.delete(command.lane);
      this.report(event);
    };
    const outcome = scope === null ? carryOut({ command, state }) : scope.run(() => carryOut({ command, state }));
    outcome.then(
      (reached) => report({ kind: 'ended', command, outcome: reached }),
      (error: unknown) => report({ kind: 'failed', command, failure: failureOf(error) }),
    );
  }
}

/** By `then` and not by `await`: each promise of a workflow is costly, for the SDK keeps a stack trace of it. */
function carryOut({ command, state }: { command: Command; state: ReservationState }): Promise<Outcome> {
  switch (command.kind) {
    case 'grant': {
      const { grantKey, desired } = command;
      return activities.grantAccess(activityInput.grant({ command, state })).then((granted) => {
        tellKeptOut({ found: granted, units: [desired.unitId] });
        return { kind: 'granted', grantKey, ...granted };
      });
    }
    case 'changeWindow': {
      const { grantKey, window } = command;
      const input = activityInput.changeWindow({ command, state });
      return activities.changeAccessWindow(input).then((found) => {
        tellKeptOut({ found, units: unitIdsOf(input.occupancy.units) });
        return { kind: 'windowChanged', grantKey, window, ...found };
      });
    }
    case 'askForUnit': {
      const { grantKey } = command;
      return activities
        .askForUnit(activityInput.askForUnit({ command, state }))
        .then((found) => ({ kind: 'unitFree', grantKey, ...found }));
    }
    case 'findRebooking':
      return activities.findRebooking(activityInput.findRebooking({ state })).then((by) => ({ kind: 'rebookingLookedFor', by }));
    case 'handOver':
      return getExternalWorkflowHandle(command.workflowId)
        .signal(rebookedSignal, { by: state.key.workflowId })
        .then(() => ({ kind: 'handedOver' }));
    case 'read': {
      const { grantKey } = command;
      return activities.readAccess(activityInput.read({ command, state })).then((reading) => ({ kind: 'read', grantKey, reading }));
    }
    case 'renewKey': {
      const { guestId } = command;
      return activities
        .renewInstantKey(activityInput.renewKey({ command, state }))
        .then(({ isNew }) => ({ kind: 'keyRenewed', guestId, isNew }));
    }
    case 'revoke': {
      const { grantKey } = command;
      return activities.revokeAccess(activityInput.revoke({ command, state })).then(() => ({ kind: 'revoked', grantKey }));
    }
    case 'sendErrand': {
      const { errandKey } = command;
      return once.sendErrand(activityInput.sendErrand({ command, state })).then((attempt) => ({ kind: 'errand', errandKey, attempt }));
    }
    case 'followErrand': {
      const { errandKey } = command;
      return activities
        .followErrand(activityInput.followErrand({ command, state }))
        .then((attempt) => ({ kind: 'errand', errandKey, attempt }));
    }
    case 'send': {
      const { messageId } = command;
      return activities.sendMessage(activityInput.send({ command, state })).then((result) => {
        if (result.outcome === 'outdated') return { kind: 'outdated', messageId };
        const { outcome: kind, ...sent } = result;
        return { kind, messageId, ...sent };
      });
    }
  }
}

/** A stay that is over by now needs to hear nothing; nobody waits for the others. */
function tellKeptOut({ found, units }: { found: { readonly keepsOut?: readonly string[] }; units: readonly string[] }): void {
  for (const workflowId of found.keepsOut ?? [])
    for (const unitId of units)
      getExternalWorkflowHandle(workflowId)
        .signal(contestedSignal, unitId)
        .catch(() => undefined);
}

/** The name of what went wrong; everything that is not one of ours (a timeout, a lost worker) may be tried again. */
function failureOf(error: unknown): Failure {
  const cause = error instanceof ActivityFailure ? error.cause : error;
  if (!isCancellation(error) && cause instanceof ApplicationFailure && cause.type && isFailureType(cause.type)) {
    const [details] = cause.details ?? [];
    return { code: null, retryAfter: null, ...(isFailureDetails(details) ? details : {}), type: cause.type };
  }
  return { type: 'Unexpected', code: isCancellation(error) ? 'cancelled' : null, retryAfter: null };
}

const isFailureDetails = (details: unknown): details is Failure =>
  typeof details === 'object' && details !== null && 'code' in details && 'retryAfter' in details;
