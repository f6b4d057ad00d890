/** Reservations and properties for tests, complete but for what a test is about. */
import type { Property } from '../../workflows/domain/property.ts';
import type { Reservation } from '../../workflows/domain/reservation.ts';

const HOUR = 3_600_000;
const entrance = (id: string) => ({ doors: { entrances: [id], devices: [], spaces: [], spaceKeys: [] }, modes: null });
const NO_DOORS = { entrances: [], devices: [], spaces: [], spaceKeys: [] } as const;

type PropertyChange = { readonly access?: Partial<Property['access']>; readonly messages?: Partial<Property['messages']> } & Partial<
  Omit<Property, 'access' | 'messages'>
>;

/** A house in UTC with units 101 and 102, telling at once and at any hour. */
export function aProperty({ access, messages, ...rest }: PropertyChange = {}): Property {
  return {
    id: 'house',
    name: 'Harbour House',
    zone: { name: 'Etc/UTC', offsets: [[0, 0]] },
    checkIn: '15:00',
    checkOut: '11:00',
    language: 'en',
    staff: { email: 'desk@house.example', phone: null },
    access: {
      modes: ['code'],
      guests: 'reachable',
      opensBefore: 0,
      closesAfter: 0,
      requires: [],
      onConditionLost: 'hold',
      overlap: 'hold',
      roomMove: 'make-before-break',
      noShowGrace: 12 * HOUR,
      cancelGrace: 15 * 60_000,
      rebookGrace: 0,
      instantKeyMaxUses: 2,
      attentionBefore: 4 * HOUR,
      provision: { provider: 'grants', acs: null, codePolicy: { by: 'seam', length: 6 }, reservationKey: 'auto' },
      ...access,
    },
    messages: {
      channels: ['email', 'sms'],
      content: 'code',
      revealBefore: 24 * HOUR,
      quietHours: null,
      contactChange: 'confirm',
      smsCountries: [],
      from: null,
      replyTo: null,
      helpLine: '+351 911 000 000',
      ...messages,
    },
    units: { '101': entrance('door-101'), '102': entrance('door-102') },
    common: NO_DOORS,
    ...rest,
  };
}

export const iso = (at: number): string => new Date(at).toISOString();

/** One room (101), one guest with both addresses, from `startsAt` to `endsAt`. */
export function aReservation({
  startsAt,
  endsAt,
  ...rest
}: { readonly startsAt: number; readonly endsAt: number } & Partial<Reservation>): Reservation {
  return {
    propertyId: 'house',
    version: 1,
    kind: 'stay',
    status: 'confirmed',
    arrival: iso(startsAt),
    departure: iso(endsAt),
    rooms: [{ id: '1', unitId: '101', arrival: null, departure: null }],
    guests: [{ id: 'g1', name: 'Ada Lovelace', email: 'ada@guests.example', phone: '+351912345678', language: 'en', roomIds: ['1'] }],
    conditions: {},
    shareWith: [],
    channel: null,
    ...rest,
  };
}
