/** One guest on one channel, as anybody who watches a stay from outside sees it. */
import type { Guest } from '../../workflows/domain/reservation.ts';
import type { Letter } from './post.ts';
import type { Watched } from './watched.ts';

export interface Line {
  readonly stay: Watched;
  readonly guest: Guest;
  readonly channel: Letter['channel'];
  readonly address: string;
}

/** Of these guests, with an address, on the channels of the house. */
export const linesOf = ({ stay, guests }: { stay: Watched; guests: readonly Guest[] }): readonly Line[] =>
  guests.flatMap((guest) =>
    stay.heard.property.messages.channels.flatMap((channel) => {
      const address = channel === 'email' ? guest.email : guest.phone;
      return address === null ? [] : [{ stay, guest, channel, address }];
    }),
  );

/** Letters that were accepted and not lost, oldest first; with `isSure` only those that the engine can know of. */
export const heldOn = ({ stay, guest, channel, isSure = false }: Line & { readonly isSure?: boolean }): readonly Letter[] =>
  stay.post.heldBy({ guestId: guest.id, channel }).filter(({ isUncertain }) => !isSure || !isUncertain);

/** Nothing stands in the way of a word: no limit, no hours, no refusal, no stranger's address. */
export function isOpen(line: Line): boolean {
  const { stay, guest, channel, address } = line;
  const { record, heard, now } = stay;
  const key = `${channel}/${guest.id}`;
  const isOther = record.addresses.abandoned.has(address) || heldOn(line).some((letter) => letter.address !== address);
  const isStranger = heard.property.messages.contactChange === 'confirm' && record.addresses.confirmed.get(key) !== address && isOther;
  const mustBeQuiet = channel === 'sms' && heard.property.messages.quietHours !== null;
  return !isStranger && !mustBeQuiet && record.addresses.refused.get(key) !== address && !record.begun.isFull({ channel, now });
}
