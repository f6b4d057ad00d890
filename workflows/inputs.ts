/** What each activity is given: only what it needs, for every byte of it stays in the history. */
import type { ChangeWindowInput, FollowErrandInput, GrantInput, SendErrandInput } from '../activities/inputs.ts';
import type { KeyRequest, ReadRequest, RevocationRequest } from '../activities/ports.ts';
import { methodIdsOf } from './domain/access.ts';
import { codeWishOf } from './domain/code-wish.ts';
import type {
  AskForUnitCommand,
  ChangeWindowCommand,
  FollowErrandCommand,
  GrantCommand,
  ReadCommand,
  RenewKeyCommand,
  RevokeCommand,
  SendErrandCommand,
} from './domain/command.ts';
import { type Errand, findErrand } from './domain/errand.ts';
import { reservationKeyFor, userIdentityKeyOf } from './domain/ids.ts';
import { lowLevelOf } from './domain/low-level.ts';
import { lowLevelAccess } from './domain/low-level-access.ts';
import type { OccupancyQuestion } from './domain/occupancy.ts';
import { bookedUnits, occupancyQuestion } from './domain/occupancy-question.ts';
import { ERRAND_PATIENCE } from './domain/pace.ts';
import { type LowLevel, provisionOf } from './domain/property.ts';
import type { ReservationState } from './domain/state.ts';
import { accessOf, byProvider, fingerprintKeyId, readRequest } from './read-request.ts';
import { sendInput } from './send-input.ts';

interface Of<C> {
  readonly command: C;
  readonly state: ReservationState;
}

/** One activity looks for so long; a card that takes longer is looked at by another one. Milliseconds. */
const LONGEST_LOOK = 45_000;

function errandOfCommand({ command: { errandKey }, state }: Of<SendErrandCommand | FollowErrandCommand>): Errand {
  const errand = findErrand({ state, key: errandKey });
  if (errand === undefined) throw new Error('an errand was forgotten while it was under way');
  return errand;
}

/** Nothing where the workspace's own look is meant. */
function lookOf({ property: { access } }: ReservationState): Pick<KeyRequest, 'customizationProfileId'> {
  const { customizationProfileId } = access;
  return customizationProfileId === undefined ? {} : { customizationProfileId };
}

/** What made an access that is being made goes on with it; a new one is made as the property says now. null: Access Grants. */
function makerOf({ command: { grantKey }, state }: Of<GrantCommand>): LowLevel | null {
  const begun = accessOf(state, grantKey);
  return begun === undefined ? lowLevelOf(provisionOf(state.property.access)) : (begun.lowLevel ?? null);
}

/** The key that the first code of the stay was fingerprinted under: what is derived from it stays the same after a rotation. */
const stayFingerprintKeyId = ({ accesses }: ReservationState): string | null =>
  accesses.map(fingerprintKeyId).find((keyId) => keyId !== null) ?? null;

export const activityInput = {
  grant({ command, state }: Of<GrantCommand>): GrantInput {
    const { desired, grantKey } = command;
    const { doors, modes, cards, window, guestId } = desired;
    const guest = state.reservation.guests.find((candidate) => candidate.id === guestId);
    const { workflowId } = state.key;
    const userIdentityKey = userIdentityKeyOf({ workflowId, guestId });
    const { reservationKey } = provisionOf(state.property.access);
    const lowLevel = makerOf({ command, state });
    const codeWish = modes.includes('code') ? codeWishOf({ state, guest, keyId: stayFingerprintKeyId(state) }) : null;
    return {
      occupancy: occupancyQuestion({ state, units: [{ unitId: desired.unitId, window }] }),
      grantKey,
      userIdentityKey,
      fullName: guest?.name || 'Guest',
      doors,
      modes,
      ...(cards === undefined || lowLevel !== null ? {} : { cards }),
      window,
      instantKeyMaxUses: state.property.access.instantKeyMaxUses,
      ...(modes.includes('mobile_key') ? lookOf(state) : {}),
      ...(reservationKey === 'never' || lowLevel !== null
        ? {}
        : { reservation: { key: reservationKeyFor({ workflowId, doors }), policy: reservationKey } }),
      ...(lowLevel === null
        ? {}
        : { lowLevel: lowLevelAccess({ state, of: { ...desired, grantKey, lowLevel, asked: window, reading: null } }) }),
      ...(codeWish === null ? {} : { codeWish }),
    };
  },

  renewKey({ command: { guestId, insteadOf, askedAt }, state }: Of<RenewKeyCommand>): KeyRequest {
    return {
      userIdentityKey: userIdentityKeyOf({ workflowId: state.key.workflowId, guestId }),
      maxUses: state.property.access.instantKeyMaxUses,
      insteadOf,
      ...(askedAt === null ? {} : { askedAt }),
      ...lookOf(state),
    };
  },

  changeWindow({ command, state }: Of<ChangeWindowCommand>): ChangeWindowInput {
    const { accessGrantId, window, grantKey } = command;
    const access = accessOf(state, grantKey);
    const occupancy = occupancyQuestion({ state, units: [{ unitId: access?.unitId ?? '', window }] });
    const moved = access === undefined ? access : { ...access, asked: window };
    return { accessGrantId, window, occupancy, ...byProvider({ state, access: moved }) };
  },

  askForUnit({ command, state }: Of<AskForUnitCommand>): OccupancyQuestion {
    return occupancyQuestion({ state, units: [command.unit] });
  },

  findRebooking({ state }: { state: ReservationState }): OccupancyQuestion {
    return occupancyQuestion({ state, units: bookedUnits(state) });
  },

  read({ command, state }: Of<ReadCommand>): ReadRequest {
    return readRequest({ state, grantKey: command.grantKey });
  },

  revoke({ command, state }: Of<RevokeCommand>): RevocationRequest {
    const access = accessOf(state, command.grantKey);
    const accessMethodIds = access === undefined ? [] : methodIdsOf(access);
    const { grantKey } = command;
    return { grantKey, accessGrantId: access?.accessGrantId ?? null, accessMethodIds, ...byProvider({ state, access }) };
  },

  sendErrand({ command, state }: Of<SendErrandCommand>): SendErrandInput {
    const { deed, deadline, grantKey } = errandOfCommand({ command, state });
    const access = accessOf(state, grantKey);
    const provider = access?.lowLevel?.provider ?? 'grants';
    return { deed, provider, deadline, ...(deed.kind === 'assign' ? byProvider({ state, access }) : {}) };
  },

  followErrand({ command, state }: Of<FollowErrandCommand>): FollowErrandInput {
    const { actionAttemptId, deed } = errandOfCommand({ command, state });
    return { actionAttemptId: actionAttemptId ?? '', lookFor: Math.min(ERRAND_PATIENCE[deed.kind], LONGEST_LOOK) };
  },

  send: sendInput,
};
