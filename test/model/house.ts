/** Properties and first bookings of all sorts that the rules tell apart. */
import * as fc from 'fast-check';
import type { DoorSet, Mode, Property } from '../../workflows/domain/property.ts';
import type { Reservation } from '../../workflows/domain/reservation.ts';
import { aProperty } from '../support/stays.ts';
import { addressesOf } from './change.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const doors = (change: Partial<DoorSet>): DoorSet => ({ entrances: [], devices: [], spaces: [], spaceKeys: [], ...change });

/** Door sets a unit can have, so that a configuration can change them. */
export const DOOR_SETS: readonly DoorSet[] = [
  doors({ entrances: ['door-101'] }),
  doors({ entrances: ['door-101', 'door-101-balcony'] }),
  doors({ entrances: ['door-102'], devices: ['lock-102'] }),
  doors({ spaces: ['space-3'] }),
  doors({ entrances: ['door-102'] }),
];

/** As drawn: only what is drawn, so that a counterexample reads well. */
export interface House {
  readonly access: Partial<Property['access']>;
  readonly messages: Partial<Property['messages']>;
  /** A gate that every unit shares. */
  readonly hasCommon: boolean;
  /** From booking to planned arrival, and from there to departure. */
  readonly leadHours: number;
  readonly nights: number;
  readonly status: Reservation['status'];
  readonly hasChannel: boolean;
}

const policy = fc.record({
  modes: fc.constantFrom<Mode[]>(['code'], ['code'], ['code', 'mobile_key'], ['mobile_key'], ['cloud_key'], ['card'], ['code', 'card']),
  guests: fc.constantFrom<Property['access']['guests']>('reachable', 'reachable', 'main', 'all'),
  opensBefore: fc.constantFrom(0, 30 * MINUTE),
  closesAfter: fc.constantFrom(0, 30 * MINUTE),
  requires: fc.constantFrom<string[]>([], ['paid']),
  onConditionLost: fc.constantFrom<Property['access']['onConditionLost']>('hold', 'revoke'),
  roomMove: fc.constantFrom<Property['access']['roomMove']>('make-before-break', 'make-before-break', 'break-before-make'),
  cancelGrace: fc.constantFrom(0, 15 * MINUTE),
  rebookGrace: fc.constantFrom(0, 10 * MINUTE),
  noShowGrace: fc.constantFrom(2 * HOUR, 12 * HOUR),
  attentionBefore: fc.constantFrom(30 * MINUTE, 4 * HOUR),
});

const telling = fc.record({
  revealBefore: fc.constantFrom(0, 24 * HOUR, 24 * HOUR, 240 * HOUR),
  quietHours: fc.constantFrom(null, null, { from: 22 * 60, to: 8 * 60 }),
  contactChange: fc.constantFrom<Property['messages']['contactChange']>('confirm', 'confirm', 'send'),
  channels: fc.constantFrom<Property['messages']['channels'][number][]>(['email', 'sms'], ['email', 'sms'], ['email'], ['sms']),
});

export const houses: fc.Arbitrary<House> = fc.record(
  {
    access: policy,
    messages: telling,
    hasCommon: fc.boolean(),
    leadHours: fc.constantFrom(0, 1, 5, 30, 100),
    nights: fc.constantFrom(1, 3),
    status: fc.constantFrom<Reservation['status']>('confirmed', 'confirmed', 'confirmed', 'tentative', 'checked_in'),
    hasChannel: fc.constantFrom(false, false, false, true),
  },
  { noNullPrototype: true },
);

export function propertyOf({ access, messages, hasCommon }: House): Property {
  const [first, , , third, second] = DOOR_SETS;
  const unit = (set: DoorSet | undefined) => ({ doors: set ?? doors({}), modes: null });
  const units = { '101': unit(first), '102': unit(second), '103': unit(third) };
  const common = hasCommon ? doors({ entrances: ['gate'] }) : doors({});
  return aProperty({ access, messages, units, common });
}

export function firstBooking({ house, now }: { house: House; now: number }): Reservation {
  const arrival = now + house.leadHours * HOUR;
  return {
    propertyId: 'house',
    version: 1,
    kind: 'stay',
    status: house.status,
    arrival: new Date(arrival).toISOString(),
    departure: new Date(arrival + house.nights * 24 * HOUR).toISOString(),
    rooms: [{ id: 'r1', unitId: '101', arrival: null, departure: null }],
    guests: [{ id: 'g1', name: 'Guest 1', ...addressesOf(1), language: 'en', roomIds: ['r1'] }],
    conditions: { paid: true },
    shareWith: [],
    channel: house.hasChannel ? { name: 'ota', reference: 'ABC' } : null,
  };
}
