/**
 * Makes an identity and a grant, one of each however often it is tried. Seam has no idempotency keys, so both are looked for under
 * our own key first; a create whose answer was lost, or that another try overtook, is found the same way.
 */
import { APART } from '../../../workflows/domain/failure-types.ts';
import type { Mode } from '../../../workflows/domain/property.ts';
import type { CodeChoice } from '../../code-choice.ts';
import { failure } from '../../failures.ts';
import type { GrantRequest } from '../../ports.ts';
import type { SeamCalls } from './calls.ts';
import { codeRulesOf } from './code-rules.ts';
import { impossibleIn, modesOfDoors } from './door-modes.ts';
import { isSeamFailure } from './errors.ts';
import { findGrant } from './reading.ts';
import { readRequestedDoors } from './requested-doors.ts';
import { KEY_NOT_SUPPORTED, KEY_REQUIRED } from './reservation-conflicts.ts';
import { accessGrant, type SeamGrant, userIdentity } from './schemas.ts';

interface Granting {
  readonly seam: SeamCalls;
  readonly request: GrantRequest;
  readonly codes: CodeChoice;
}

export function findOrCreateGrant({ seam, request, codes }: Granting): Promise<SeamGrant> {
  return findOrCreate({
    find: () => findGrant({ seam, grantKey: request.grantKey }),
    create: () => createGrant({ seam, request, codes }),
  });
}

interface FindOrCreate<Thing> {
  readonly find: () => Promise<Thing | null>;
  readonly create: () => Promise<Thing>;
}

export async function findOrCreate<Thing>({ find, create }: FindOrCreate<Thing>): Promise<Thing> {
  const existing = await find();
  if (existing !== null) return existing;
  try {
    return await create();
  } catch (error) {
    // Seam does not document how it answers to a key that is taken: 409 or 400.
    if (!isSeamFailure(error, 'SeamConflict') && !isSeamFailure(error, 'SeamRejected')) throw error;
    const other = await find();
    if (other === null) throw error;
    return other;
  }
}

/** Key and name only: an e-mail or phone may belong to another identity, and an Instant Key shows every key of one. */
export async function identityIdFor({ seam, request }: Omit<Granting, 'codes'>): Promise<string> {
  const { userIdentityKey: user_identity_key, fullName: full_name } = request;
  const identity = await findOrCreate({
    find: () => seam.find({ answer: userIdentity, send: (api) => api.userIdentities.get({ user_identity_key }) }),
    create: () => seam.write({ answer: userIdentity, send: (api) => api.userIdentities.create({ user_identity_key, full_name }) }),
  });
  return identity.user_identity_id;
}

/** What may be asked for in more than one way, for Seam may refuse the first. */
interface Terms {
  readonly reservationKey: string | null;
  readonly code: string | null;
}

/** @throws ModeImpossible before anything is made */
async function createGrant({ seam, request, codes }: Granting): Promise<SeamGrant> {
  const doors = await readRequestedDoors({ seam, doors: request.doors });
  const impossible = impossibleIn({ doors: modesOfDoors(doors), modes: request.modes });
  if (impossible !== null) throw failure({ type: 'ModeImpossible', ...impossible });
  const identityId = await identityIdFor({ seam, request });
  const code = request.codeWish === undefined ? null : codes.choose({ wish: request.codeWish, rules: codeRulesOf(doors) });
  const belongs = doors.acs_entrances.some((entrance) => entrance.can_belong_to_reservation === true);
  const reservationKey = request.reservation?.policy === 'always' || belongs ? (request.reservation?.key ?? null) : null;
  const send = (terms: Terms): Promise<SeamGrant> =>
    seam.write({ answer: accessGrant, send: (api) => api.accessGrants.create(parametersOf({ request, identityId, terms })) });
  return onOtherTerms({ request, send, terms: { reservationKey, code } });
}

interface Negotiation {
  readonly request: GrantRequest;
  readonly send: (terms: Terms) => Promise<SeamGrant>;
  readonly terms: Terms;
}

/** Each refusal changes one of the terms, and none comes back, so there are few. */
async function onOtherTerms({ request, send, terms }: Negotiation): Promise<SeamGrant> {
  try {
    return await send(terms);
  } catch (error) {
    const next = otherTerms({ error, request, terms });
    if (next === null) throw error;
    return onOtherTerms({ request, send, terms: next });
  }
}

/**
 * Seam's guide to reservation access grants: a key that none of the doors takes is dropped, one that a guest card needs is added, and grants
 * that do not overlap in time have keys of their own. A code that Seam refuses is only a wish. null: there is no other way to ask.
 */
function otherTerms({ error, request, terms }: { error: unknown; request: GrantRequest; terms: Terms }): Terms | null {
  const { reservationKey } = terms;
  const own = request.reservation?.key ?? null;
  if (isSeamFailure(error, 'SeamRejected', KEY_NOT_SUPPORTED)) return reservationKey === null ? null : { ...terms, reservationKey: null };
  if (isSeamFailure(error, 'SeamRejected', KEY_REQUIRED)) return reservationKey === own ? null : { ...terms, reservationKey: own };
  if (isSeamFailure(error, 'ReservationConflict', APART))
    return reservationKey === null || reservationKey !== own
      ? null
      : { ...terms, reservationKey: `${own}.${request.window.startsAt.toString(36)}` };
  const mayBeTheCode = isSeamFailure(error, 'SeamRejected') || isSeamFailure(error, 'SeamConflict');
  return terms.code !== null && mayBeTheCode ? { ...terms, code: null } : null;
}

function parametersOf({ request, identityId, terms }: { request: GrantRequest; identityId: string; terms: Terms }) {
  const { grantKey, doors, modes, cards = 1, window, instantKeyMaxUses, customizationProfileId } = request;
  return {
    access_grant_key: grantKey,
    // Shown in Seam's console and on some locks: the key, for it says whose without saying who.
    name: grantKey,
    user_identity_id: identityId,
    starts_at: new Date(window.startsAt).toISOString(),
    ends_at: new Date(window.endsAt).toISOString(),
    requested_access_methods: modes.flatMap((mode) =>
      Array.from({ length: mode === 'card' ? cards : 1 }, () => requestedMethod({ mode, instantKeyMaxUses, code: terms.code })),
    ),
    ...(customizationProfileId === undefined ? {} : { customization_profile_id: customizationProfileId }),
    ...(terms.reservationKey === null ? {} : { reservation_key: terms.reservationKey }),
    ...(doors.entrances.length > 0 ? { acs_entrance_ids: [...doors.entrances] } : {}),
    ...(doors.devices.length > 0 ? { device_ids: [...doors.devices] } : {}),
    ...(doors.spaces.length > 0 ? { space_ids: [...doors.spaces] } : {}),
    ...(doors.spaceKeys.length > 0 ? { space_keys: [...doors.spaceKeys] } : {}),
  };
}

interface Asked {
  readonly mode: Mode;
  readonly instantKeyMaxUses: number;
  readonly code: string | null;
}

function requestedMethod({ mode, instantKeyMaxUses, code }: Asked) {
  if (mode === 'mobile_key') return { mode, instant_key_max_use_count: instantKeyMaxUses };
  return mode === 'code' && code !== null ? { mode, code } : { mode };
}
