/** The messages that the engine has begun: which, when, to whom, by which channel. */

import type { SendCommand } from '../../workflows/domain/command.ts';
import { STAFF } from '../../workflows/domain/line.ts';
import type { Channel } from '../../workflows/domain/property.ts';

const DAY = 24 * 3_600_000;
export const MOST_A_DAY = 6;

interface Day {
  readonly channel: Channel;
  readonly now: number;
}

export class Begun {
  /** By message id. */
  readonly #messages = new Map<string, { readonly channel: Channel; readonly guestId: string; readonly at: number }>();

  note({ messageId, channel, guestId }: SendCommand, now: number): void {
    if (!this.#messages.has(messageId)) this.#messages.set(messageId, { channel, guestId, at: now });
  }

  /** It is finished, whatever has changed. */
  has = ({ messageId }: Pick<SendCommand, 'messageId'>): boolean => this.#messages.has(messageId);

  /** Rule 16: the day's messages of this channel were begun, so more may have to wait. */
  isFull = (day: Day): boolean => this.today(day).length >= MOST_A_DAY;

  /** To guests, by id. */
  today = ({ channel, now }: Day): readonly string[] =>
    [...this.#messages].flatMap(([id, begun]) =>
      begun.channel === channel && begun.guestId !== STAFF && begun.at > now - DAY ? [id] : [],
    );
}
