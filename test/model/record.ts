/** What the engine did, seen from outside: whose each grant is, what was taken back, what failed when, what was ordered. */
import type { AccessReading } from '../../workflows/domain/access.ts';
import type { Command, GrantCommand } from '../../workflows/domain/command.ts';
import type { Outcome } from '../../workflows/domain/event.ts';
import type { Failure } from '../../workflows/domain/failure-types.ts';
import type { Reservation, ReservationStatus } from '../../workflows/domain/reservation.ts';
import type { Action } from '../../workflows/messages.ts';
import { Addresses } from './addresses.ts';
import { Begun } from './begun.ts';
import { isFailure } from './errand.ts';
import { isUsable, type ModelGrant } from './grant.ts';
import { opensBy } from './proof.ts';
import type { ModelSeam } from './seam.ts';
import { Troubles } from './troubles.ts';

/** What staff must hear of, as `<code>/<about>`, and since when it is so. */
export interface Cause {
  readonly cause: string;
  readonly since: number;
}

interface Ordered {
  readonly action: Action;
  readonly seam: ModelSeam;
  readonly guests: Reservation['guests'];
  readonly now: number;
}

export class Record {
  /** What was asked for under each grant key, first. */
  readonly asked = new Map<string, GrantCommand['desired']>();
  /** Ids of the grants that the engine has heard of. */
  readonly known = new Set<string>();
  /** Keys whose deletion has begun. */
  readonly revoking = new Map<string, number>();
  /** Keys whose deletion began after the guest had checked out. */
  readonly leaving = new Set<string>();
  /** Keys that were proven gone. */
  readonly gone = new Set<string>();
  /** By method: until when a written card opens, as the engine has read. */
  readonly cards = new Map<string, number>();
  /** How often an operator had a key of a guest replaced: each time the link to the guest's page is another. */
  readonly links = new Map<string, number>();
  /** Keys that an operator had replaced. */
  readonly superseded = new Set<string>();
  /** Lanes whose last try failed. */
  readonly troubles = new Troubles();
  readonly begun = new Begun();
  readonly addresses = new Addresses();
  /** Keys of the orders that Seam was asked to carry out once. */
  readonly errands = new Set<string>();
  /** Guests who may have lost access by anything but the booking's status. */
  readonly losers = new Set<string>();
  /** By `<channel> <cause>`: when staff last began to hear of it. */
  readonly alerted = new Map<string, { readonly at: number; readonly words: number }>();
  /** Words of the PMS and of operators so far: one may mend a cause, which may then come anew. */
  words = 0;
  /** By guest: the keys of the grants that the desk told of by voice, and what each held then. */
  readonly toldInPerson = new Map<string, ReadonlyMap<string, string>>();
  /** The stay that replaces this one said that the guest holds its access. */
  wasRebooked = false;
  /** When a message was last found to be no longer true. */
  outdatedAt = 0;
  /** When a search for the stay that replaces this one last ended. */
  lookedForAt: number | null = null;
  /** By key: what was ordered, and when. */
  readonly orders = new Map<string, { readonly action: Action; readonly at: number }>();

  /** By e-mail, of this occurrence: a cause may go on after a space with what tells it from another. */
  wasAlerted = ({ cause, since }: Cause): boolean =>
    [...this.alerted].some(([key, { at }]) => at >= since && `${key} `.startsWith(`email ${cause} `));

  /** Staff has heard of it, and nobody has said anything since that could have mended it. */
  isAlertedStill = (key: string): boolean => this.alerted.get(key)?.words === this.words;

  /** Something of this guest's was ever taken back before its time: moved, removed, ordered, deleted outside. */
  hasLost = (guestId: string): boolean => this.losers.has(guestId);

  isNewOrder = (key: string): boolean => !this.orders.has(key);

  noteOrder({ action, seam, guests, now }: Ordered): void {
    this.orders.set(action.idempotencyKey, { action, at: now });
    if (action.action === 'retry') this.troubles.clear();
    if (action.action === 'resend') {
      this.troubles.liftLimit();
      this.addresses.noteResend({ guests, now });
    }
    if (action.action === 'told') this.toldInPerson.set(action.guestId, this.#heldBy({ guestId: action.guestId, seam }));
    if (action.action === 'revoke' || action.action === 'reissue') this.noteLosses(guests);
    if (action.action !== 'reissue') return;
    const holds = (grant: ModelGrant): boolean => grant.methods.some(({ id }) => id === action.accessMethodId);
    const replaced = [...seam.grants.values()].filter(holds).map(({ key }) => key);
    for (const key of replaced) this.superseded.add(key);
    const owners = new Set(replaced.map((key) => this.asked.get(key)?.guestId ?? ''));
    for (const guestId of owners) this.links.set(guestId, (this.links.get(guestId) ?? 0) + 1);
  }

  #heldBy = ({ guestId, seam }: { guestId: string; seam: ModelSeam }): ReadonlyMap<string, string> =>
    new Map(
      [...seam.grants].flatMap(([key, grant]) =>
        this.asked.get(key)?.guestId === guestId && grant.methods.some(isUsable) ? [[key, opensBy({ seam, grant })]] : [],
      ),
    );

  /** Access may be lost for another reason than the booking's status: a room, a guest, a unit's doors, a deletion outside. */
  noteLosses(guests: Reservation['guests']): void {
    for (const { id } of guests) this.losers.add(id);
  }

  /** The guests whose contacts changed, by id. */
  noteChange({ before, after, now }: { before: Reservation; after: Reservation; now: number }): readonly string[] {
    if (after.version <= before.version) return [];
    if (rightsOf(before) !== rightsOf(after)) this.noteLosses([...before.guests, ...after.guests]);
    return this.addresses.noteChange({ before: before.guests, after: after.guests, now });
  }

  /** A new grant, or the end of one that another is to replace: its guest's patience begins. */
  beginsAnew(command: Command): boolean {
    if (command.kind === 'grant') return !this.asked.has(command.grantKey);
    return command.kind === 'revoke' && command.why === 'replaced' && !this.revoking.has(command.grantKey);
  }

  noteStart({ command, status, now }: { command: Command; status: ReservationStatus; now: number }): void {
    if (command.kind === 'grant' && !this.asked.has(command.grantKey)) this.asked.set(command.grantKey, command.desired);
    if (command.kind === 'revoke' && !this.revoking.has(command.grantKey)) {
      this.revoking.set(command.grantKey, now);
      if (status === 'checked_out') this.leaving.add(command.grantKey);
    }
    if (command.kind === 'sendErrand') this.errands.add(command.errandKey);
    if (command.kind !== 'send') return;
    this.begun.note(command, now);
    for (const cause of command.causes) this.alerted.set(`${command.channel} ${cause}`, { at: now, words: this.words });
  }

  noteEnd({ command, answer, now }: { command: Command; answer: Outcome | Failure; now: number }): void {
    if (command.kind === 'findRebooking') this.lookedForAt = now;
    if (!isFailure(answer) && answer.kind === 'outdated') this.outdatedAt = now;
    if (isFailure(answer)) return this.#noteFailure({ command, failure: answer, now });
    this.troubles.delete(command.lane);
    if (answer.kind === 'revoked') this.gone.add(answer.grantKey);
    if (answer.kind === 'granted' && answer.reading.accessGrantId !== null) this.known.add(answer.reading.accessGrantId);
    if (answer.kind === 'granted' || answer.kind === 'read') this.#noteCards(answer.reading);
  }

  noteEvent(): void {
    this.troubles.rouse();
  }

  #noteCards({ methods, window }: AccessReading): void {
    for (const { accessMethodId, outlivesRevocation } of methods)
      if (outlivesRevocation && window !== null) this.cards.set(accessMethodId, window.endsAt);
  }

  #noteFailure({ command, failure, now }: { command: Command; failure: Failure; now: number }): void {
    this.troubles.note({ command, failure, now });
    if (command.kind !== 'send' || (failure.type !== 'MailRefused' && failure.type !== 'SmsRefused')) return;
    this.troubles.delete(command.lane);
    this.addresses.noteRefusal(command);
  }
}

/** Who may open what, apart from when. */
const rightsOf = ({ rooms, guests }: Reservation): string =>
  JSON.stringify([rooms.map(({ id, unitId }) => [id, unitId]), guests.map(({ id, roomIds }) => [id, roomIds])]);
