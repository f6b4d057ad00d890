/** Where guests can be reached, by what they, the channels and the operators did: `<channel>/<guest>` is a line. */
import type { Channel } from '../../workflows/domain/property.ts';
import type { Guest } from '../../workflows/domain/reservation.ts';

interface Addressed {
  readonly channel: Channel;
  readonly guestId: string;
  readonly address: string;
}

const placeOf = ({ channel, guestId, address }: Addressed): string => `${channel}/${guestId}/${address}`;
const lineOf = ({ channel, guestId }: Pick<Addressed, 'channel' | 'guestId'>): string => `${channel}/${guestId}`;

export class Addresses {
  /** By line: the present address, which refused something for good or lost it. */
  readonly refused = new Map<string, string>();
  /** Addresses that ever refused something for good, or lost it. */
  readonly refusing = new Set<string>();
  /** Places that another address of the guest has followed. */
  readonly #left = new Set<string>();
  /** By line without an address now: the last one, which is the line's until another is named. */
  readonly #last = new Map<string, string>();
  /** Guests who were taken off the booking, as they were last. */
  readonly former = new Map<string, Guest>();
  /** When each was last left. */
  readonly leftAt = new Map<string, number>();
  /** How often each address stopped being a guest's. */
  readonly abandoned = new Map<string, number>();
  /** By line: the address that an operator let the keys go to. */
  readonly confirmed = new Map<string, string | null>();
  /** By line: when a person last ordered that the truth goes there again. */
  readonly resent = new Map<string, number>();

  noteResend({ guests, now }: { guests: readonly Guest[]; now: number }): void {
    this.refused.clear();
    for (const { id, email, phone } of guests) {
      this.confirmed.set(`email/${id}`, email).set(`sms/${id}`, phone);
      this.resent.set(`email/${id}`, now).set(`sms/${id}`, now);
    }
  }

  /** The guests whose contacts changed, by id. */
  noteChange({ before, after, now: at }: { before: readonly Guest[]; after: readonly Guest[]; now: number }): readonly string[] {
    for (const guest of before) this.former.set(guest.id, guest);
    for (const { id } of after) this.former.delete(id);
    return before.flatMap((guest) => {
      const now = after.find(({ id }) => id === guest.id);
      const moves = now === undefined ? [] : movesOf({ guest, now });
      for (const move of moves) this.#noteMove(move);
      for (const { left } of moves) if (left !== null) this.leftAt.set(left, at);
      return moves.some(({ left }) => left !== null) ? [guest.id] : [];
    });
  }

  /** Refused at once, or accepted and never delivered. */
  noteRefusal(of: Addressed): void {
    this.refusing.add(of.address);
    // What happens at an address that was left says nothing of the present one.
    if (!this.#left.has(placeOf(of))) this.refused.set(lineOf(of), of.address);
  }

  #noteMove({ channel, guestId, left, named }: Move): void {
    const line = lineOf({ channel, guestId });
    if (left !== null) {
      this.abandoned.set(left, (this.abandoned.get(left) ?? 0) + 1);
      this.#last.set(line, left);
      this.confirmed.delete(line);
      this.resent.delete(line);
    }
    if (named === null) return;
    const last = this.#last.get(line);
    if (last !== undefined) this.#left.add(placeOf({ channel, guestId, address: last }));
    this.#left.delete(placeOf({ channel, guestId, address: named }));
    // One that was refused is named anew when it comes back.
    if (this.refused.get(line) !== named) this.refused.delete(line);
  }
}

/** A guest's address on one channel became another; null for none. */
interface Move extends Pick<Addressed, 'channel' | 'guestId'> {
  readonly left: string | null;
  readonly named: string | null;
}

function movesOf({ guest, now }: { guest: Guest; now: Guest }): readonly Move[] {
  const moves: readonly Move[] = [
    { channel: 'email', guestId: guest.id, left: guest.email, named: now.email },
    { channel: 'sms', guestId: guest.id, left: guest.phone, named: now.phone },
  ];
  return moves.filter(({ left, named }) => left !== named);
}
