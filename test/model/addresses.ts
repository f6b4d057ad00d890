/** Where guests can be reached, by what they, the channels and the operators did: `<channel>/<guest>` is a line. */
import type { Channel } from '../../workflows/domain/property.ts';
import type { Guest } from '../../workflows/domain/reservation.ts';
import type { Letter } from './post.ts';

interface Addressed {
  readonly channel: Channel;
  readonly guestId: string;
  readonly address: string;
}

const lineOf = ({ channel, guestId }: Pick<Addressed, 'channel' | 'guestId'>): string => `${channel}/${guestId}`;

export class Addresses {
  /** Lines that refused for good, and the address then. */
  readonly refused = new Map<string, string>();
  /** Addresses that ever refused something for good, or lost it. */
  readonly refusing = new Set<string>();
  /** Guests who were taken off the booking, as they were last. */
  readonly former = new Map<string, Guest>();
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
  noteChange({ before, after }: { before: readonly Guest[]; after: readonly Guest[] }): readonly string[] {
    for (const guest of before) this.former.set(guest.id, guest);
    for (const { id } of after) this.former.delete(id);
    return before.flatMap((guest) => {
      const now = after.find(({ id }) => id === guest.id);
      const left = [guest.email, guest.phone].filter(
        (address) => address !== null && now !== undefined && now.email !== address && now.phone !== address,
      );
      for (const address of left.flatMap((one) => one ?? [])) {
        this.abandoned.set(address, (this.abandoned.get(address) ?? 0) + 1);
        const line = lineOf({ channel: address === guest.email ? 'email' : 'sms', guestId: guest.id });
        this.confirmed.delete(line);
        // The PMS names it anew when it comes back.
        if (this.refused.get(line) === address) this.refused.delete(line);
        this.resent.delete(line);
      }
      return left.length > 0 ? [guest.id] : [];
    });
  }

  noteRefusal(of: Addressed): void {
    this.refused.set(lineOf(of), of.address);
    this.refusing.add(of.address);
  }

  /** A letter was accepted and never arrived. A farewell says nothing of the guest's present address. */
  noteLoss(letter: Letter): void {
    this.refusing.add(letter.address);
    if (letter.kind !== 'contact_changed') this.refused.set(lineOf(letter), letter.address);
  }
}
