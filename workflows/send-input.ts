/** What the sending of a message is given: whom to tell what, and what has to be true when it goes. */

import type { SendInput } from '../activities/inputs.ts';
import type { SendCommand } from './domain/command.ts';
import { STAFF } from './domain/line.ts';
import { isOrdered } from './domain/message-limit.ts';
import type { Facts, NoticeKind } from './domain/notice.ts';
import type { OccupancyQuestion } from './domain/occupancy.ts';
import { occupancyQuestion } from './domain/occupancy-question.ts';
import type { ReservationState } from './domain/state.ts';
import { readRequest } from './read-request.ts';

interface Sending {
  readonly command: SendCommand;
  readonly state: ReservationState;
}

/** The units that a message would let a guest into, each for its own time. */
function occupancyOfFacts({
  state,
  facts,
  kind,
}: {
  state: ReservationState;
  facts: Facts | null;
  kind: NoticeKind;
}): OccupancyQuestion | null {
  if (facts === null || facts.rooms.length === 0 || kind === 'access_ended') return null;
  return occupancyQuestion({ state, units: facts.rooms.map(({ unitId, window }) => ({ unitId, window })) });
}

const isUnlimited = ({ state, command: { guestId, channel } }: Sending): boolean =>
  guestId === STAFF || isOrdered({ state, guestId, channel });

export function sendInput({ command, state }: Sending): SendInput {
  const { property } = state;
  const { from, replyTo, helpLine, deskHours } = property.messages;
  const guest = [...state.reservation.guests, ...state.formerGuests].find((candidate) => candidate.id === command.guestId);
  return {
    workflowId: state.key.workflowId,
    messageId: command.messageId,
    guestId: command.guestId,
    channel: command.channel,
    recipient: { name: guest?.name ?? '', address: command.address, language: guest?.language ?? property.language },
    sender: {
      propertyName: property.name,
      timeZone: property.zone.name,
      from,
      replyTo,
      helpLine,
      ...(deskHours === undefined ? {} : { deskHours }),
    },
    notice: command.notice,
    proof: (command.facts?.rooms ?? []).map(({ grantKey }) => readRequest({ state, grantKey })),
    occupancy: occupancyOfFacts({ state, facts: command.facts, kind: command.notice.kind }),
    smsCountries: property.messages.smsCountries,
    limitedBy: isUnlimited({ state, command }) ? null : property.id,
    lookUpSince: command.lookUpSince,
  };
}
