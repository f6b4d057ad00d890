/** Plays a reservation through the pure core: commands are answered at once by a script, time is a number. No Temporal, no I/O. */
import type { AccessPort } from '../../activities/ports.ts';
import { apply } from '../../workflows/domain/apply.ts';
import { openStay } from '../../workflows/domain/apply-fact.ts';
import type { Command, SendCommand } from '../../workflows/domain/command.ts';
import { decide } from '../../workflows/domain/decide.ts';
import { type Attempt, type Deed, findErrand } from '../../workflows/domain/errand.ts';
import type { Event, Outcome } from '../../workflows/domain/event.ts';
import type { Failure } from '../../workflows/domain/failure-types.ts';
import type { Residue } from '../../workflows/domain/occupancy.ts';
import type { Property } from '../../workflows/domain/property.ts';
import type { Reservation } from '../../workflows/domain/reservation.ts';
import type { ReservationState } from '../../workflows/domain/state.ts';
import { viewOf } from '../../workflows/domain/view.ts';
import type { ReservationView } from '../../workflows/domain/view-types.ts';
import { activityInput } from '../../workflows/inputs.ts';
import { SeamInMemory } from './seam-in-memory.ts';

const CALM = new AbortController().signal;
const KEY = { source: 'test', reservationId: 'R1', workflowId: 'latchkey:test:R1' } as const;

interface Booking {
  readonly reservation: Reservation;
  readonly property: Property;
  readonly now: number;
  readonly access?: AccessPort;
}

export class PlayedStay {
  readonly seam = new SeamInMemory();
  /** `seam`, or the real adapter over a simulator. */
  readonly access: AccessPort;
  readonly sent: SendCommand[] = [];
  readonly failing: { kind: Command['kind']; failure: Failure }[] = [];
  /** What Seam was asked to do at doors and encoders. */
  readonly deeds: Deed[] = [];
  /** What Seam says of action attempts, in order; then that they are done. */
  readonly attempts: Partial<Attempt>[] = [];
  now: number;
  state: ReservationState;
  isFinished = false;
  /** What a search for the stay that replaces this one finds. */
  rebookedBy: string | null = null;
  /** The stay that this one replaces, found when access is granted. */
  rebooks: string | null = null;
  /** What the question for neighbours finds, before a grant is made and before a message goes. */
  residues: readonly Residue[] = [];

  private constructor({ state, now, access }: { state: ReservationState; now: number; access: AccessPort | null }) {
    this.access = access ?? this.seam;
    this.state = state;
    this.now = now;
  }

  static async book({ reservation, property, now, access }: Booking): Promise<PlayedStay> {
    return new PlayedStay({ access: access ?? null, state: openStay({ key: KEY, fact: { reservation, property }, now }), now });
  }

  async tell(event: Event): Promise<void> {
    this.state = apply({ state: this.state, event, now: this.now });
    await this.settle();
  }

  change(reservation: Reservation, property: Property = this.state.property): Promise<void> {
    return this.tell({ kind: 'reservation', fact: { reservation, property } });
  }

  /** Does what is due until nothing is. */
  async settle(): Promise<void> {
    for (let round = 0; round < 50; round += 1) {
      const { commands, isFinished } = decide({ state: this.state, now: this.now });
      this.isFinished = isFinished;
      if (commands.length === 0) return;
      for (const command of commands) this.state = apply({ state: this.state, event: { kind: 'started', command }, now: this.now });
      for (const command of commands) await this.#run(command);
    }
    throw new Error('the engine does not come to rest');
  }

  /** Lets time pass, stopping wherever the engine wants to look. */
  async until(at: number): Promise<void> {
    await this.settle();
    for (;;) {
      const { wakeAt } = decide({ state: this.state, now: this.now });
      if (wakeAt === null || wakeAt > at) break;
      this.now = wakeAt;
      await this.settle();
    }
    this.now = at;
    await this.settle();
  }

  get view(): ReservationView {
    return viewOf({ state: this.state, now: this.now });
  }

  kinds(): string[] {
    return this.sent.map((message) => `${message.channel} ${message.notice.kind}`);
  }

  async #run(command: Command): Promise<void> {
    const planned = this.failing.findIndex((candidate) => candidate.kind === command.kind);
    const [fault] = planned >= 0 ? this.failing.splice(planned, 1) : [];
    const event: Event = fault === undefined ? await this.#carryOut(command) : { kind: 'failed', command, failure: fault.failure };
    this.state = apply({ state: this.state, event, now: this.now });
  }

  async #carryOut(command: Command): Promise<Event> {
    if (command.kind !== 'revoke') return { kind: 'ended', command, outcome: await this.#answer(command) };
    const { grantKey } = command;
    const { gone, learnt } = await this.access.revoke(activityInput.revoke({ command, state: this.state }), CALM);
    if (gone) return { kind: 'ended', command, outcome: { kind: 'revoked', grantKey } };
    const failure: Failure = { type: 'StillThere', code: null, retryAfter: null, ...(learnt === undefined ? {} : { learnt }) };
    return { kind: 'failed', command, failure };
  }

  #attempt(errandKey: string): Outcome {
    return {
      kind: 'errand',
      errandKey,
      attempt: { actionAttemptId: 'attempt-1', code: null, state: 'confirmed', ...this.attempts.shift() },
    };
  }

  async #answer(command: Exclude<Command, { kind: 'revoke' }>): Promise<Outcome> {
    switch (command.kind) {
      case 'grant': {
        const reading = await this.access.grant(activityInput.grant({ command, state: this.state }), CALM);
        return { kind: 'granted', grantKey: command.grantKey, reading, rebooks: this.rebooks, sharesWith: null, ...this.#found() };
      }
      case 'changeWindow':
        await this.access.changeWindow(activityInput.changeWindow({ command, state: this.state }), CALM);
        return { kind: 'windowChanged', grantKey: command.grantKey, window: command.window };
      case 'read':
        return {
          kind: 'read',
          grantKey: command.grantKey,
          reading: await this.access.read(activityInput.read({ command, state: this.state }), CALM),
        };
      case 'renewKey': {
        const { isNew } = await this.access.renewKey(activityInput.renewKey({ command, state: this.state }), CALM);
        return { kind: 'keyRenewed', guestId: command.guestId, isNew };
      }
      case 'findRebooking':
        return { kind: 'rebookingLookedFor', by: this.rebookedBy };
      case 'handOver':
        return { kind: 'handedOver' };
      case 'sendErrand': {
        const errand = findErrand({ state: this.state, key: command.errandKey });
        if (errand !== undefined) this.deeds.push(errand.deed);
        return this.#attempt(command.errandKey);
      }
      case 'followErrand':
        return this.#attempt(command.errandKey);
      case 'send':
        this.sent.push(command);
        return { kind: 'sent', messageId: command.messageId, providerId: `provider-${command.messageId}`, ...this.#found() };
    }
  }

  #found(): { readonly residues?: readonly Residue[] } {
    return this.residues.length === 0 ? {} : { residues: this.residues };
  }
}
