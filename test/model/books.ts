/** What is said to a stay, entered in the model's books before the engine hears of it. */
import type { Command } from '../../workflows/domain/command.ts';
import type { Outcome } from '../../workflows/domain/event.ts';
import type { Failure, FailureType } from '../../workflows/domain/failure-types.ts';
import type { Property } from '../../workflows/domain/property.ts';
import type { Action, ConfigurationFact, ReservationFact, SeamEvent } from '../../workflows/messages.ts';
import { isFailure } from './errand.ts';
import type { Watched } from './watched.ts';

export function noteWord({ stay, fact: { reservation, property } }: { stay: Watched; fact: ReservationFact }): void {
  const { heard, record, post, now } = stay;
  record.words += 1;
  const moved = record.noteChange({ before: heard.reservation, after: reservation, now });
  // An address that comes back was told that it is none, so it hears the same again.
  if (property.messages.contactChange === 'send') post.mayBeginAnew(reservation.guests.filter(({ id }) => moved.includes(id)));
  if (property !== heard.property) record.noteLosses(reservation.guests);
  heard.hear({ reservation, property, now });
}

/** Another configuration, with leave to take back what it no longer gives. */
export function noteConfiguration({ stay, property }: { stay: Watched; property: Property }): ConfigurationFact {
  const { heard, record, now } = stay;
  const { reservation } = heard;
  record.words += 1;
  record.noteLosses(reservation.guests);
  const unitIds = [
    ...Object.keys(heard.property.units),
    ...Object.keys(property.units),
    ...reservation.rooms.flatMap(({ unitId }) => unitId ?? []),
  ];
  heard.hear({ reservation, property, now });
  return { propertyId: property.id, property, unitIds, mayRevoke: true };
}

/** An order that the engine takes; one taken before under its key changes nothing. */
export function noteOrder({ stay, action }: { stay: Watched; action: Action }): void {
  const { heard, record, post, seam, now } = stay;
  record.words += 1;
  if (!record.isNewOrder(action.idempotencyKey)) return;
  heard.obey({ order: action, now });
  record.noteOrder({ action, seam, guests: heard.reservation.guests, now });
  if (action.action !== 'resend') return;
  const underWay = [...stay.errands.values()].flatMap(({ command }) => (command.kind === 'send' ? [command] : []));
  post.mayRepeat({ guests: heard.reservation.guests, underWay });
}

/** The stay under another number says that the guest holds its access. */
export function noteReplacement({ heard, record }: Watched): void {
  heard.isReplaced = true;
  record.wasRebooked = true;
}

export function noteEvent({ stay: { heard, record }, event }: { stay: Watched; event: SeamEvent }): void {
  record.noteEvent();
  if (event.eventType === 'lock.unlocked' && event.accessGrantIds.some((id) => record.known.has(id))) heard.isUsed = true;
}

export function noteStart({ stay: { heard, record, post, now }, command }: { stay: Watched; command: Command }): void {
  if (record.beginsAnew(command)) heard.dueSince = now;
  if (command.kind === 'send') post.noteStart(command);
  record.noteStart({ command, status: heard.reservation.status, now });
}

const IN_DOUBT: ReadonlySet<FailureType> = new Set(['MailUnanswered', 'SmsUnanswered', 'Unexpected']);

export function noteEnd({
  stay: { record, post, now },
  command,
  answer,
}: {
  stay: Watched;
  command: Command;
  answer: Outcome | Failure;
}): void {
  record.noteEnd({ command, answer, now });
  if (command.kind !== 'send' || (!isFailure(answer) && answer.kind === 'sent')) return;
  post.noteFailure({ command, isInDoubt: isFailure(answer) && IN_DOUBT.has(answer.type) });
}
