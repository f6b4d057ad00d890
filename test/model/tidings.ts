/** What Seam and the SMS service report, and how it comes: late, twice, never, false. */
import type { SeamEvent } from '../../workflows/messages.ts';
import { noteEvent, noteReplacement } from './books.ts';
import type { Playable } from './playable.ts';
import type { StepOf } from './step.ts';

export function hearSeam({ player, event }: { player: Playable; event: SeamEvent }): void {
  if (player.isClosed) return;
  noteEvent({ stay: player, event });
  player.tell({ kind: 'seam', event });
}

/** The stay under another number says that the guest holds its access. */
export function beReplaced({ player, by }: { player: Playable; by: string }): void {
  if (player.isClosed) return;
  noteReplacement(player);
  player.tell({ kind: 'rebooked', rebooked: { by } });
}

export function tellEvent({ player, step }: { player: Playable; step: StepOf<'event'> }): void {
  const { seam } = player;
  const grants = [...seam.grants.values()];
  if (step.fate === 'is false') {
    const grantId = grants[step.pick % grants.length]?.id ?? 'grant-nobody-knows';
    const event = {
      eventId: `false-${player.now}-${step.pick}`,
      eventType: 'access_method.issued',
      occurredAt: player.now,
      accessGrantIds: [grantId],
      accessMethodId: null,
      doorId: null,
    };
    return hearSeam({ player, event });
  }
  const [event] = seam.events.splice(step.pick % Math.max(1, seam.events.length), 1);
  if (event === undefined) return;
  if (step.fate === 'is lost') {
    seam.lost.push(event);
    return;
  }
  for (let times = step.fate === 'comes twice' ? 2 : 1; times > 0; times -= 1) hearSeam({ player, event });
}

/** What is on its way; what was lost stays so. */
export function hearQueue(player: Playable): void {
  const { lost } = player.seam;
  player.seam.lost = [];
  hearEverything(player);
  player.seam.lost = lost;
}

export function receive({ player, step }: { player: Playable; step: StepOf<'receipt'> }): void {
  const letters = player.post.letters.filter(({ channel }) => channel === 'sms');
  const letter = letters[step.pick % letters.length];
  if (letter === undefined) return;
  const { messageId, providerId } = letter;
  if (player.isClosed) return;
  if (player.post.hearFate({ letter, status: step.status })) player.record.addresses.noteRefusal(letter);
  player.tell({
    kind: 'receipt',
    receipt: { messageId, sid: providerId, status: step.status, errorCode: step.status === 'undelivered' ? '30006' : null },
  });
}

/** Also what was lost: the catch-up brings it. */
export function hearEverything(player: Playable): void {
  const { seam } = player;
  const events = [...seam.lost, ...seam.events];
  seam.lost = [];
  seam.events = [];
  for (const event of events) hearSeam({ player, event });
}
