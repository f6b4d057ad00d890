/** Both channels as the outside world sees them: every letter that was accepted, what it said, and whether it was lost later. */
import type { Command, SendCommand } from '../../workflows/domain/command.ts';
import type { NoticeKind } from '../../workflows/domain/notice.ts';
import type { Channel } from '../../workflows/domain/property.ts';
import type { Guest } from '../../workflows/domain/reservation.ts';
import { promise } from './promise.ts';

export interface Letter {
  readonly messageId: string;
  readonly guestId: string;
  readonly channel: Channel;
  readonly address: string;
  readonly kind: NoticeKind;
  /** Everything it says, secrets and all: two letters are the same when this is. */
  readonly content: string;
  /** The grants that it told of. */
  readonly grantKeys: readonly string[];
  /** Until when it said that each of them opens. */
  readonly ends: Readonly<Record<string, number>>;
  readonly providerId: string;
  readonly at: number;
  /** When it last came again. */
  repeatedAt: number;
  /** The service reported a final failure later. */
  isLost: boolean;
  /** Its answer was lost, so the engine cannot know. */
  isUncertain: boolean;
}

type Posting = Omit<Letter, 'providerId' | 'repeatedAt' | 'isLost' | 'isUncertain'> & { readonly lookUpSince: number | null };

/** Kinds that say what opens a door. */
const TELLING: ReadonlySet<NoticeKind> = new Set(['access_ready', 'access_changed']);
const isTelling = ({ kind }: Pick<Letter, 'kind'>): boolean => TELLING.has(kind);

export class Post {
  readonly letters: Letter[] = [];
  /** What may be said again, as `claimOf` names it; and the message under way that does not use this up. */
  readonly #again = new Map<string, string | null>();
  /** By line: how many letters there were when a person ordered a `resend`, and the message that was under way then. */
  readonly #ordered = new Map<string, { readonly letters: number; readonly underWay: string | null }>();
  readonly #fates = new Set<string>();

  /** Accepts a letter. One whose answer was lost is the same letter when it comes again. @throws BrokenPromise when it is said twice */
  take({ lookUpSince, ...posting }: Posting): string {
    const before = this.letters.find((letter) => letter.messageId === posting.messageId);
    const isAgain = this.#again.has(claimOf(posting));
    if (this.#again.get(claimOf(posting)) !== posting.messageId) this.#again.delete(claimOf(posting));
    if (before !== undefined) return this.#repeated({ before, posting, lookUpSince });
    const last = this.lastTo(posting);
    const isSame = last !== undefined && !last.isLost && !last.isUncertain && last.content === posting.content;
    promise({ kept: isAgain || !isSame || COUNTED.has(posting.kind), what: 'nobody is told the same twice', details: { last, posting } });
    const letter = { ...posting, providerId: `provider-${posting.messageId}`, repeatedAt: posting.at, isLost: false, isUncertain: false };
    this.letters.push(letter);
    return letter.providerId;
  }

  /** The answer to a message was lost: whether it was accepted is open. */
  doubt(command: Command): void {
    if (command.kind !== 'send') return;
    for (const letter of this.letters) if (letter.messageId === command.messageId) letter.isUncertain = true;
  }

  /** What the service reports later; the first word of a letter's fate counts. Whether it is news that the letter is lost. */
  hearFate({ letter, status }: { letter: Letter; status: 'delivered' | 'undelivered' | 'sent' }): boolean {
    if (this.#fates.has(letter.messageId)) return false;
    letter.isUncertain = false;
    if (status !== 'sent') this.#fates.add(letter.messageId);
    letter.isLost = status === 'undelivered';
    return letter.isLost;
  }

  /**
   * An operator's `resend`: one more letter of the same content may go to each address. A message of a try under way does not do it, for it
   * may have been handed over before.
   */
  mayRepeat({ guests, underWay }: { guests: readonly Guest[]; underWay: readonly SendCommand[] }): void {
    for (const { channel, guestId, address } of placesOf(guests)) {
      const running = underWay.find((command) => command.guestId === guestId && command.channel === channel)?.messageId ?? null;
      this.#again.set(claimOf({ channel, guestId, address, kind: 'access_ready' }), running);
      this.#ordered.set(`${channel}/${guestId}`, { letters: this.letters.length, underWay: running });
    }
  }

  /** Where it is open whether the last one arrived, another one may say the same. */
  noteStart({ channel, guestId, address, notice: { kind } }: SendCommand): void {
    if (this.lastTo({ channel, address, kind })?.isUncertain) this.#again.set(claimOf({ channel, guestId, address, kind }), null);
  }

  /** A try that ended without being accepted: the next one does what was ordered meanwhile. */
  noteFailure({ command, isInDoubt }: { command: SendCommand; isInDoubt: boolean }): void {
    const { messageId, notice } = command;
    for (const [claim, underWay] of this.#again) if (underWay === messageId) this.#again.set(claim, null);
    for (const [line, order] of this.#ordered) if (order.underWay === messageId) this.#ordered.set(line, { ...order, underWay: null });
    // It may have arrived: what it said otherwise has to be set right, though nobody knows whether it was read.
    if (isInDoubt && isClaim(notice)) this.#again.set(claimOf({ ...command, kind: notice.kind }), null);
  }

  /** A person's `resend` to this guest has not been taken by this channel yet: no limit and no hours hold it back. */
  isOrdered({ channel, guestId }: Pick<Letter, 'channel' | 'guestId'>): boolean {
    const order = this.#ordered.get(`${channel}/${guestId}`);
    const told = this.heldBy({ guestId, channel }).filter((letter) => !letter.isUncertain && isTelling(letter));
    return (
      order !== undefined && told.every((letter) => this.letters.indexOf(letter) < order.letters || letter.messageId === order.underWay)
    );
  }

  /** An address that comes back was told that it is none: what it goes by, and that it is late, may be said there once more. */
  mayBeginAnew(guests: readonly Guest[]): void {
    for (const place of placesOf(guests))
      for (const kind of ['access_ready', 'access_pending'] as const)
        if (!this.#again.has(claimOf({ ...place, kind }))) this.#again.set(claimOf({ ...place, kind }), null);
  }

  /** What a guest's address heard last, apart from what claims nothing. */
  lastTo({ channel, address, kind }: Pick<Letter, 'channel' | 'address' | 'kind'>): Letter | undefined {
    return this.letters.findLast(
      (letter) =>
        letter.channel === channel && letter.address === address && (letter.kind === kind || (isClaim(letter) && isClaim({ kind }))),
    );
  }

  /** Letters to a guest that were accepted and not lost, oldest first. */
  heldBy({ guestId, channel }: { guestId: string; channel: Channel }): readonly Letter[] {
    return this.letters.filter((letter) => letter.guestId === guestId && letter.channel === channel && !letter.isLost);
  }

  /** An e-mail may come again under its one Message-ID; an SMS is looked up, so the service sees it once. */
  #repeated({
    before,
    posting,
    lookUpSince,
  }: {
    before: Letter;
    posting: Omit<Posting, 'lookUpSince'>;
    lookUpSince: number | null;
  }): string {
    const isFound = lookUpSince !== null && lookUpSince <= before.at;
    promise({ kept: posting.channel === 'email' || isFound, what: 'an SMS whose answer was lost is looked up', details: posting });
    before.isUncertain = false;
    before.repeatedAt = posting.at;
    promise({ kept: before.content === posting.content, what: 'a message keeps its words', details: { before, posting } });
    return before.providerId;
  }
}

/** Counted where they are started: by contact that was left, and by cause. */
const COUNTED: ReadonlySet<NoticeKind> = new Set(['contact_changed', 'staff_alert']);

/** All that a guest goes by is one claim. */
const claimOf = ({ channel, guestId, address, kind }: Place & Pick<Letter, 'kind'>): string =>
  `${channel}/${guestId}/${address} ${isClaim({ kind }) ? 'claim' : kind}`;

type Place = Pick<Letter, 'channel' | 'guestId' | 'address'>;

const placesOf = (guests: readonly Guest[]): readonly Place[] =>
  guests.flatMap(({ id, email, phone }) => [
    ...(email === null ? [] : [{ channel: 'email', guestId: id, address: email } as const]),
    ...(phone === null ? [] : [{ channel: 'sms', guestId: id, address: phone } as const]),
  ]);

/** What a guest goes by: told, told otherwise, told of the end. */
const isClaim = ({ kind }: Pick<Letter, 'kind'>): boolean => isTelling({ kind }) || kind === 'access_ended';
