/** Both channels as the outside world sees them: every letter that was accepted, what it said, and whether it was lost later. */
import type { Command } from '../../workflows/domain/command.ts';
import type { NoticeKind } from '../../workflows/domain/notice.ts';
import type { Channel } from '../../workflows/domain/property.ts';
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

const CHANNELS = ['email', 'sms'] as const;
/** Kinds that say what opens a door. */
const TELLING: ReadonlySet<NoticeKind> = new Set(['access_ready', 'access_changed']);
const isTelling = ({ kind }: Pick<Letter, 'kind'>): boolean => TELLING.has(kind);

export class Post {
  readonly letters: Letter[] = [];
  /** What may be said again, by guest and channel, as `claimOf` names it. */
  readonly #again = new Set<string>();
  /** By line: how many letters there were when a person ordered a `resend`. */
  readonly #ordered = new Map<string, number>();
  readonly #fates = new Set<string>();

  /** Accepts a letter. One whose answer was lost is the same letter when it comes again. @throws BrokenPromise when it is said twice */
  take({ lookUpSince, ...posting }: Posting): string {
    const before = this.letters.find((letter) => letter.messageId === posting.messageId);
    if (before !== undefined) return this.#repeated({ before, posting, lookUpSince });
    const last = this.lastTo(posting);
    const isAgain = this.#again.delete(claimOf(posting));
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

  /** An operator's `resend`: one more letter of the same content may go to each address. */
  mayRepeat(guestIds: readonly string[]): void {
    this.#mayClaimAgain(guestIds);
    for (const guestId of guestIds) for (const channel of CHANNELS) this.#ordered.set(`${channel}/${guestId}`, this.letters.length);
  }

  /** A person's `resend` to this guest has not been taken by this channel yet: no limit and no hours hold it back. */
  isOrdered({ channel, guestId }: Pick<Letter, 'channel' | 'guestId'>): boolean {
    const from = this.#ordered.get(`${channel}/${guestId}`);
    const since = this.heldBy({ guestId, channel }).filter((letter) => !letter.isUncertain && isTelling(letter));
    return from !== undefined && since.every((letter) => this.letters.indexOf(letter) < from);
  }

  /** An address that comes back was told that it is none: what it goes by, and that it is late, may be said there once more. */
  mayBeginAnew(guestIds: readonly string[]): void {
    this.#mayClaimAgain(guestIds);
    for (const guestId of guestIds) for (const channel of CHANNELS) this.#again.add(claimOf({ channel, guestId, kind: 'access_pending' }));
  }

  #mayClaimAgain(guestIds: readonly string[]): void {
    for (const guestId of guestIds) for (const channel of CHANNELS) this.#again.add(claimOf({ channel, guestId, kind: 'access_ready' }));
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
const claimOf = ({ channel, guestId, kind }: Pick<Letter, 'channel' | 'guestId' | 'kind'>): string =>
  `${channel}/${guestId} ${isClaim({ kind }) ? 'claim' : kind}`;

/** What a guest goes by: told, told otherwise, told of the end. */
const isClaim = ({ kind }: Pick<Letter, 'kind'>): boolean => isTelling({ kind }) || kind === 'access_ended';
