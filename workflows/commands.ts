/** A command becomes its activity: one per lane, side by side, cancelled when the state no longer wants it. */
import { ActivityFailure, ApplicationFailure, CancellationScope, getExternalWorkflowHandle, isCancellation } from '@temporalio/workflow';
import { activities } from './activity-proxies.ts';
import type { Command } from './domain/command.ts';
import type { Event, Outcome } from './domain/event.ts';
import { type Failure, isFailureType } from './domain/failure-types.ts';
import type { ReservationState } from './domain/state.ts';
import { activityInput } from './inputs.ts';
import { rebookedSignal } from './messages.ts';

interface Running {
  readonly key: string;
  readonly scope: CancellationScope;
}

/** Only these may be given up half-way: what they leave behind is found by key. */
const CANCELLABLE: ReadonlySet<Command['kind']> = new Set(['grant', 'changeWindow']);

/** A large party's grants are made by and by: the server bounds what may be under way, and Seam's rate is limited anyway. */
const MOST_AT_ONCE = 50;

export class Commands {
  private readonly running = new Map<string, Running & { readonly kind: Command['kind'] }>();
  private readonly report: (event: Event) => void;

  constructor(report: (event: Event) => void) {
    this.report = report;
  }

  get size(): number {
    return this.running.size;
  }

  /** Starts what is not under way yet and cancels what nobody wants any more. */
  reconcile({ commands, state }: { commands: readonly Command[]; state: ReservationState }): readonly Command[] {
    const wanted = new Set(commands.map((command) => command.key));
    for (const { key, kind, scope } of this.running.values()) {
      if (!wanted.has(key) && CANCELLABLE.has(kind)) scope.cancel();
    }
    const fresh = commands.filter((command) => !this.running.has(command.lane)).slice(0, Math.max(0, MOST_AT_ONCE - this.running.size));
    for (const command of fresh) this.start({ command, state });
    return fresh;
  }

  private start({ command, state }: { command: Command; state: ReservationState }): void {
    const scope = new CancellationScope({ cancellable: true });
    this.running.set(command.lane, { key: command.key, kind: command.kind, scope });
    void scope
      .run(() => carryOut({ command, state }))
      .then(
        (outcome): Event => ({ kind: 'ended', command, outcome }),
        (error: unknown): Event => ({ kind: 'failed', command, failure: failureOf(error) }),
      )
      .then((event) => {
        this.running.delete(command.lane);
        this.report(event);
      });
  }
}

async function carryOut({ command, state }: { command: Command; state: ReservationState }): Promise<Outcome> {
  switch (command.kind) {
    case 'grant':
      return { kind: 'granted', grantKey: command.grantKey, ...(await activities.grantAccess(activityInput.grant({ command, state }))) };
    case 'changeWindow':
      await activities.changeAccessWindow(activityInput.changeWindow({ command, state }));
      return { kind: 'windowChanged', grantKey: command.grantKey, window: command.window };
    case 'findRebooking':
      return { kind: 'rebookingLookedFor', by: await activities.findRebooking(activityInput.findRebooking({ state })) };
    case 'handOver':
      await getExternalWorkflowHandle(command.workflowId).signal(rebookedSignal, { by: state.key.workflowId });
      return { kind: 'handedOver' };
    case 'read':
      return { kind: 'read', grantKey: command.grantKey, reading: await activities.readAccess(activityInput.read({ command, state })) };
    case 'revoke':
      await activities.revokeAccess(activityInput.revoke({ command, state }));
      return { kind: 'revoked', grantKey: command.grantKey };
    case 'send': {
      const sent = await activities.sendMessage(activityInput.send({ command, state }));
      return sent.outcome === 'sent'
        ? { kind: 'sent', messageId: command.messageId, providerId: sent.providerId }
        : { kind: 'outdated', messageId: command.messageId };
    }
  }
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
