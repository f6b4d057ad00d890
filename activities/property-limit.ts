/** How much one property may send in an hour (rule 16): counted here, so for each worker process on its own. */
import type { Channel } from '../workflows/domain/property.ts';
import type { Duration } from '../workflows/domain/reservation.ts';

/** To guests, on each channel. */
const MESSAGES_PER_HOUR = 200;
const HOUR = 3_600_000;

interface Line {
  readonly propertyId: string;
  readonly channel: Channel;
}

/** A slot that was not used is given back, for what fails costs nothing. */
export type Admission =
  | { readonly admitted: true; readonly giveBack: () => void }
  /** `isFirst`: nobody has heard of it in this hour. */
  | { readonly admitted: false; readonly retryAfter: Duration; readonly isFirst: boolean };

export interface PropertyLimit {
  admit(line: Line): Admission;
}

/** `now` in milliseconds since the epoch. */
export function createPropertyLimit({ now }: { readonly now: () => number }): PropertyLimit {
  const lines = new Map<string, { sent: number[]; refusedAt: number }>();
  return {
    admit({ propertyId, channel }) {
      const name = `${channel} ${propertyId}`;
      const line = lines.get(name) ?? { sent: [], refusedAt: Number.NEGATIVE_INFINITY };
      lines.set(name, line);
      const at = now();
      line.sent = line.sent.filter((sentAt) => sentAt > at - HOUR);
      const [oldest] = line.sent;
      if (oldest !== undefined && line.sent.length >= MESSAGES_PER_HOUR) {
        const isFirst = line.refusedAt <= at - HOUR;
        if (isFirst) line.refusedAt = at;
        return { admitted: false, retryAfter: oldest + HOUR - at, isFirst };
      }
      line.sent.push(at);
      return { admitted: true, giveBack: () => removeOne({ from: line.sent, at }) };
    },
  };
}

function removeOne({ from, at }: { from: number[]; at: number }): void {
  const index = from.indexOf(at);
  if (index >= 0) from.splice(index, 1);
}
