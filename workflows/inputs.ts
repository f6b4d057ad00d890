/** What each activity is given: only what it needs, for every byte of it stays in the history. */
import type { ChangeWindowInput, GrantInput, ReadInput, RenewKeyInput, RevokeInput, SendInput } from '../activities/inputs.ts';
import type { Access } from './domain/access.ts';
import { stayWindow } from './domain/access-window.ts';
import { codeWishOf } from './domain/code-wish.ts';
import type { ChangeWindowCommand, GrantCommand, ReadCommand, RenewKeyCommand, RevokeCommand, SendCommand } from './domain/command.ts';
import { reservationKeyFor, userIdentityKeyOf } from './domain/ids.ts';
import { isOrdered } from './domain/message-limit.ts';
import type { Facts, NoticeKind } from './domain/notice.ts';
import { type OccupancyQuestion, occupancyQuestion } from './domain/occupancy.ts';
import { provisionOf } from './domain/property.ts';
import { type ReservationState, STAFF } from './domain/state.ts';

interface Of<C> {
  readonly command: C;
  readonly state: ReservationState;
}

const accessOf = (state: ReservationState, grantKey: string): Access | undefined =>
  state.accesses.find((access) => access.grantKey === grantKey);

/** The key under which this grant's fingerprints were made first: a rotation of keys is no news to a guest. */
function fingerprintKeyId(access: Access | undefined): string | null {
  const fingerprint = access?.reading?.methods.find((method) => method.fingerprint !== null)?.fingerprint ?? null;
  return fingerprint === null ? null : fingerprint.slice(0, fingerprint.lastIndexOf('.'));
}

/** The key that the first code of the stay was fingerprinted under: what is derived from it stays the same after a rotation. */
const stayFingerprintKeyId = ({ accesses }: ReservationState): string | null =>
  accesses.map(fingerprintKeyId).find((keyId) => keyId !== null) ?? null;

/** The units that a message would let a guest into. */
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
  const window = {
    startsAt: Math.min(...facts.rooms.map((room) => room.window.startsAt)),
    endsAt: Math.max(...facts.rooms.map((room) => room.window.endsAt)),
  };
  return occupancyQuestion({ state, unitIds: facts.rooms.map((room) => room.unitId), window });
}

const isUnlimited = ({ state, command: { guestId, channel } }: Of<SendCommand>): boolean =>
  guestId === STAFF || isOrdered({ state, guestId, channel });

export const activityInput = {
  grant({ command, state }: Of<GrantCommand>): GrantInput {
    const { doors, modes, window, guestId } = command.desired;
    const guest = state.reservation.guests.find((candidate) => candidate.id === guestId);
    const { workflowId } = state.key;
    const userIdentityKey = userIdentityKeyOf({ workflowId, guestId });
    const { reservationKey } = provisionOf(state.property.access);
    const codeWish = modes.includes('code') ? codeWishOf({ state, guest, keyId: stayFingerprintKeyId(state) }) : null;
    return {
      occupancy: occupancyQuestion({ state, unitIds: [command.desired.unitId], window }),
      grantKey: command.grantKey,
      userIdentityKey,
      fullName: guest?.name || 'Guest',
      doors,
      modes,
      window,
      instantKeyMaxUses: state.property.access.instantKeyMaxUses,
      ...(reservationKey === 'never' ? {} : { reservation: { key: reservationKeyFor({ workflowId, doors }), policy: reservationKey } }),
      ...(codeWish === null ? {} : { codeWish }),
    };
  },

  renewKey({ command: { guestId, insteadOf }, state }: Of<RenewKeyCommand>): RenewKeyInput {
    const userIdentityKey = userIdentityKeyOf({ workflowId: state.key.workflowId, guestId });
    return { userIdentityKey, maxUses: state.property.access.instantKeyMaxUses, insteadOf };
  },

  changeWindow({ command, state }: Of<ChangeWindowCommand>): ChangeWindowInput {
    const { accessGrantId, window, grantKey } = command;
    const unitId = accessOf(state, grantKey)?.unitId ?? '';
    return { accessGrantId, window, occupancy: occupancyQuestion({ state, unitIds: [unitId], window }) };
  },

  findRebooking({ state }: { state: ReservationState }): OccupancyQuestion {
    return occupancyQuestion({ state, unitIds: state.reservation.rooms.flatMap((room) => room.unitId ?? []), window: stayWindow(state) });
  },

  read({ command, state }: Of<ReadCommand>): ReadInput {
    return { grantKey: command.grantKey, fingerprintKeyId: fingerprintKeyId(accessOf(state, command.grantKey)) };
  },

  revoke({ command, state }: Of<RevokeCommand>): RevokeInput {
    const access = accessOf(state, command.grantKey);
    const accessMethodIds = access?.reading?.methods.map((method) => method.accessMethodId) ?? [];
    return { grantKey: command.grantKey, accessGrantId: access?.accessGrantId ?? null, accessMethodIds };
  },

  send({ command, state }: Of<SendCommand>): SendInput {
    const { property } = state;
    const { from, replyTo, helpLine } = property.messages;
    const guest = [...state.reservation.guests, ...state.formerGuests].find((candidate) => candidate.id === command.guestId);
    return {
      workflowId: state.key.workflowId,
      messageId: command.messageId,
      guestId: command.guestId,
      channel: command.channel,
      recipient: { name: guest?.name ?? '', address: command.address, language: guest?.language ?? property.language },
      sender: { propertyName: property.name, timeZone: property.zone.name, from, replyTo, helpLine },
      notice: command.notice,
      proof: (command.facts?.rooms ?? []).map(({ grantKey }) => ({
        grantKey,
        fingerprintKeyId: fingerprintKeyId(accessOf(state, grantKey)),
      })),
      occupancy: occupancyOfFacts({ state, facts: command.facts, kind: command.notice.kind }),
      smsCountries: property.messages.smsCountries,
      limitedBy: isUnlimited({ state, command }) ? null : property.id,
      lookUpSince: command.lookUpSince,
    };
  },
};
