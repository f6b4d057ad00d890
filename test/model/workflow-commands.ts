/** The command behind each activity, told from what the activity is asked. */
import type { ChangeWindowInput, GrantInput, SendInput } from '../../activities/inputs.ts';
import type { ReadRequest, RevocationRequest } from '../../activities/ports.ts';
import type {
  ChangeWindowCommand,
  FindRebookingCommand,
  GrantCommand,
  ReadCommand,
  RevokeCommand,
  SendCommand,
} from '../../workflows/domain/command.ts';
import { grantKeyOf } from '../../workflows/domain/ids.ts';
import type { OccupancyQuestion } from '../../workflows/domain/occupancy.ts';
import type { Reservation } from '../../workflows/domain/reservation.ts';
import { inForce } from './entitlement.ts';
import { promise } from './promise.ts';
import type { Watched } from './watched.ts';

interface OfGrant {
  readonly input: GrantInput;
  readonly workflowId: string;
  readonly reservation: Reservation;
}

/** @throws BrokenPromise where its key is none of the booking's rooms and guests */
export function grantCommand({ input, workflowId, reservation }: OfGrant): GrantCommand {
  const { grantKey, doors, modes, window, occupancy } = input;
  const generation = Number(grantKey.slice(grantKey.lastIndexOf('.') + 1));
  const pairs = reservation.rooms.flatMap((room) => reservation.guests.map((guest) => ({ roomId: room.id, guestId: guest.id })));
  const pair = pairs.find((of) => grantKeyOf({ workflowId, ...of, generation }) === grantKey);
  promise({ kept: pair !== undefined, what: 'a grant is only made for a room and guest of the booking', details: grantKey });
  const desired = { roomId: '', guestId: '', ...pair, unitId: occupancy.units[0]?.unitId ?? '', doors, modes, window };
  return { kind: 'grant', lane: grantKey, key: `grant ${grantKey} ${JSON.stringify(desired)}`, grantKey, generation, desired };
}

export function windowCommand({ input, grantKey }: { input: ChangeWindowInput; grantKey: string }): ChangeWindowCommand {
  const { accessGrantId, window } = input;
  return { kind: 'changeWindow', lane: grantKey, key: `window ${grantKey} ${JSON.stringify(window)}`, grantKey, accessGrantId, window };
}

export const readCommand = ({ grantKey }: ReadRequest): ReadCommand => ({
  kind: 'read',
  lane: grantKey,
  key: `read ${grantKey}`,
  grantKey,
});

/** Why is not said to Seam: one that somebody still has a right to is being replaced. */
export function revokeCommand({
  input: { grantKey },
  stay: { record, heard, now },
}: {
  input: RevocationRequest;
  stay: Watched;
}): RevokeCommand {
  const asked = record.asked.get(grantKey);
  const isDue = inForce(heard, now).some(({ roomId, guestId }) => roomId === asked?.roomId && guestId === asked.guestId);
  return { kind: 'revoke', lane: grantKey, key: `revoke ${grantKey}`, grantKey, why: isDue ? 'replaced' : 'over' };
}

export const rebookingCommand = ({ bookedAt }: OccupancyQuestion): FindRebookingCommand => ({
  kind: 'findRebooking',
  lane: 'rebooking',
  key: `findRebooking ${bookedAt}`,
});

export function sendCommand({ input, reservation }: { input: SendInput; reservation: Reservation }): SendCommand {
  const { messageId, guestId, channel, recipient, notice, lookUpSince } = input;
  const facts = 'facts' in notice ? notice.facts : null;
  const causes = notice.kind === 'staff_alert' ? notice.causes.flatMap(({ code }) => causesOf({ code, reservation })) : [];
  const message = { guestId, channel, address: recipient.address, notice, facts, causes, lookUpSince };
  return { kind: 'send', lane: messageId, key: messageId, messageId, ...message };
}

/** An alert says what is wrong and not with which room or guest by id, so it is taken to be about each of them. */
function causesOf({ code, reservation: { rooms, guests } }: { code: string; reservation: Reservation }): readonly string[] {
  const contacts = guests.flatMap(({ id }) => [`email/${id}`, `sms/${id}`]);
  return ['stay', ...rooms.map(({ id }) => id), ...contacts].map((about) => `${code}/${about}`);
}
