/** What lists and operators' questions are answered from: typed search attributes, written only when they change. No personal data. */
import {
  defineSearchAttributeKey,
  type SearchAttributePair,
  SearchAttributeType,
  type SearchAttributeUpdatePair,
  TypedSearchAttributes,
} from '@temporalio/common';
import { isGone } from './domain/access-plan.ts';
import { isExpected, stayWindow } from './domain/access-window.ts';
import { openStay } from './domain/apply-fact.ts';
import { sameWindow } from './domain/issuance.ts';
import { localDate, resolveTime } from './domain/local-time.ts';
import { handlesOf } from './domain/low-level.ts';
import { bookedUnits, bookingOf } from './domain/occupancy-question.ts';
import { readinessOf } from './domain/readiness.ts';
import type { Instant, ReservationKey } from './domain/reservation.ts';
import { residueOf } from './domain/residual.ts';
import type { ReservationState } from './domain/state.ts';
import { unitIdsOf } from './domain/unit-window.ts';
import { fitting, withTimes } from './keyword-lists.ts';
import type { ReservationFact } from './messages.ts';

export const ATTRIBUTES = {
  property: defineSearchAttributeKey('LatchkeyProperty', SearchAttributeType.KEYWORD),
  source: defineSearchAttributeKey('LatchkeySource', SearchAttributeType.KEYWORD),
  status: defineSearchAttributeKey('LatchkeyStatus', SearchAttributeType.KEYWORD),
  readiness: defineSearchAttributeKey('LatchkeyReadiness', SearchAttributeType.KEYWORD),
  version: defineSearchAttributeKey('LatchkeyVersion', SearchAttributeType.KEYWORD),
  /** With the times of each after them, where rooms have times of their own (`unit-window.ts`). */
  units: defineSearchAttributeKey('LatchkeyUnits', SearchAttributeType.KEYWORD_LIST),
  /** The revision of the property that the stay follows, with `HELD_BACK` before it where it holds something back. */
  configuration: defineSearchAttributeKey('LatchkeyConfiguration', SearchAttributeType.KEYWORD),
  kind: defineSearchAttributeKey('LatchkeyKind', SearchAttributeType.KEYWORD),
  /** The same booking of a channel, unit and nights has the same one, whatever its number. */
  booking: defineSearchAttributeKey('LatchkeyBooking', SearchAttributeType.KEYWORD),
  bookedAt: defineSearchAttributeKey('LatchkeyBookedAt', SearchAttributeType.DATETIME),
  /** The grants that Seam's events name by id only; and the credentials and codes of what has no grant, marked with their provider. */
  grantIds: defineSearchAttributeKey('LatchkeyGrantIds', SearchAttributeType.KEYWORD_LIST),
  /** Units that somebody can still open who has them no more, and the times of each: the third list, and servers hold three. */
  residual: defineSearchAttributeKey('LatchkeyResidual', SearchAttributeType.KEYWORD_LIST),
  /** `yyyymmdd`, property date. */
  arrivalDate: defineSearchAttributeKey('LatchkeyArrivalDate', SearchAttributeType.INT),
  startsAt: defineSearchAttributeKey('LatchkeyStartsAt', SearchAttributeType.DATETIME),
  endsAt: defineSearchAttributeKey('LatchkeyEndsAt', SearchAttributeType.DATETIME),
} as const;

/** A JSON text, so that an integer and a time that look alike stay two. */
const versionAttribute = (version: ReservationState['reservation']['version']): string => JSON.stringify(version);

/** What the booking says. */
export function bookingAttributes(state: ReservationState): readonly SearchAttributePair[] {
  const { reservation, property } = state;
  const window = stayWindow(state);
  const arrival = resolveTime({ text: reservation.arrival, property, end: 'arrival' });
  return [
    { key: ATTRIBUTES.property, value: reservation.propertyId },
    { key: ATTRIBUTES.source, value: state.key.source },
    { key: ATTRIBUTES.status, value: reservation.status },
    { key: ATTRIBUTES.kind, value: reservation.kind === 'stay' ? '' : reservation.kind },
    { key: ATTRIBUTES.booking, value: bookingOf(reservation) ?? '' },
    { key: ATTRIBUTES.bookedAt, value: new Date(state.bookedAt) },
    { key: ATTRIBUTES.version, value: versionAttribute(reservation.version) },
    ...revisionAttribute(state),
    { key: ATTRIBUTES.units, value: bookedValue(state) },
    { key: ATTRIBUTES.arrivalDate, value: Number(localDate({ zone: property.zone, at: arrival }).replaceAll('-', '')) },
    { key: ATTRIBUTES.startsAt, value: new Date(window.startsAt) },
    { key: ATTRIBUTES.endsAt, value: new Date(window.endsAt) },
  ];
}

/** With their times only where these are not the stay's. */
function bookedValue(state: ReservationState): string[] {
  const { rooms } = state.reservation;
  const units = bookedUnits(state);
  const isWhole = rooms.every(({ arrival, departure }) => arrival === null && departure === null);
  return isWhole || units.every(({ window }) => sameWindow(window, stayWindow(state))) ? fitting(unitIdsOf(units)) : withTimes(units);
}

/** What the engine makes of it. */
function outcomeAttributes({ state, now }: { state: ReservationState; now: Instant }): readonly SearchAttributePair[] {
  const grantIds = state.accesses.filter((access) => !isGone(access)).flatMap(handlesOf);
  return [
    { key: ATTRIBUTES.residual, value: withTimes(residueOf({ state, now })) },
    { key: ATTRIBUTES.readiness, value: readinessOf({ state, now }) },
    { key: ATTRIBUTES.grantIds, value: fitting(grantIds) },
  ];
}

/** Begins the revision of a stay that keeps access which that configuration would end. */
export const HELD_BACK = 'held:';

/** None for a snapshot of before there were revisions: what runs since then must replay as it ran. */
function revisionAttribute({ property: { revision }, heldBack }: ReservationState): readonly SearchAttributePair[] {
  return revision === undefined ? [] : [{ key: ATTRIBUTES.configuration, value: heldBack === undefined ? revision : HELD_BACK + revision }];
}

/** As a first run starts with, without a task of the workflow: free. */
export function initialSearchAttributes({
  key,
  fact,
  now,
}: {
  key: ReservationKey;
  fact: ReservationFact;
  now: Instant;
}): TypedSearchAttributes {
  const state = openStay({ key, fact, now });
  const pairs = [...bookingAttributes(state), ...outcomeAttributes({ state, now })];
  return new TypedSearchAttributes(pairs.filter(({ value }) => JSON.stringify(value) !== JSON.stringify(emptyOf(value))));
}

/** Told apart from the start's by milliseconds only: rides along. */
const RIDES_ALONG: ReadonlySet<string> = new Set([ATTRIBUTES.bookedAt.name]);

interface Publication {
  readonly before: TypedSearchAttributes;
  readonly state: ReservationState;
  readonly now: Instant;
  /** No command is under way. */
  readonly atRest: boolean;
}

/**
 * What has to be written, or null. What the booking says is written at once, for others ask who has a unit; what came of it only when
 * things have come to rest. The ids of grants ride along with the next change of readiness: until a stay has been ready, the events that
 * need them are routed by the grant's key. Where the booking gives no unit any more, only they tell others that its guest can still open one.
 */
export function attributeChanges({ before, state, now, atRest }: Publication): SearchAttributeUpdatePair[] | null {
  const after = [...bookingAttributes(state), ...(atRest ? outcomeAttributes({ state, now }) : [])];
  const changed = after.filter(({ key, value }) => JSON.stringify(before.get(key) ?? emptyOf(value)) !== JSON.stringify(value));
  const isPending = after.some(({ key, value }) => key.name === ATTRIBUTES.readiness.name && value === 'pending');
  const mayWait = isPending && isExpected(state.reservation);
  const isWorthIt = changed.some(({ key }) => !RIDES_ALONG.has(key.name) && (key.name !== ATTRIBUTES.grantIds.name || !mayWait));
  return isWorthIt ? changed.map(({ key, value }) => ({ key, value }) as SearchAttributeUpdatePair) : null;
}

/** What an attribute that was never written reads as. */
function emptyOf(value: unknown): unknown {
  if (Array.isArray(value)) return [];
  if (typeof value === 'number') return 0;
  return typeof value === 'string' ? '' : null;
}
