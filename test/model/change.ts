/** What booking systems change: dates, status, rooms, guests, contacts, conditions. Each makes the next version of the last one. */
import type { Reservation, ReservationStatus } from '../../workflows/domain/reservation.ts';

const HOUR = 3_600_000;

export type Change =
  | { readonly kind: 'dates'; readonly arrivalHours: number; readonly departureHours: number; readonly asDates: boolean }
  | { readonly kind: 'status'; readonly status: ReservationStatus }
  | { readonly kind: 'unit'; readonly room: number; readonly unitId: string | null }
  | { readonly kind: 'room'; readonly unitId: string | null }
  | { readonly kind: 'roomGone'; readonly room: number }
  | { readonly kind: 'roomDates'; readonly room: number; readonly arrivalHours: number | null; readonly departureHours: number | null }
  | { readonly kind: 'guest'; readonly email: boolean; readonly phone: boolean; readonly first: boolean }
  | { readonly kind: 'guestGone'; readonly guest: number }
  | { readonly kind: 'guestRooms'; readonly guest: number; readonly room: number }
  | { readonly kind: 'name'; readonly guest: number; readonly name: string }
  | { readonly kind: 'contact'; readonly guest: number; readonly channel: 'email' | 'phone'; readonly variant: number | null }
  | { readonly kind: 'condition'; readonly isMet: boolean }
  | { readonly kind: 'nothing' };

/** The first guest of a booking; others follow. */
export const addressesOf = (n: number, variant = 0) =>
  ({
    email: `guest${n}.${variant}@guests.example`,
    phone: `+35191000${String(n).padStart(2, '0')}${String(variant).padStart(2, '0')}`,
  }) as const;

const at = (base: number, hours: number): string => new Date(base + hours * HOUR).toISOString();

interface Made {
  readonly last: Reservation;
  readonly change: Change;
  /** Planned arrival of the first version: dates move around it. */
  readonly base: number;
  /** Counts rooms and guests ever made, for their ids. */
  readonly count: number;
}

export function changed({ last, change, base, count }: Made): Reservation {
  return inOrder({ ...last, ...partOf({ last, change, base, count }), version: Number(last.version) + 1 });
}

/** No room ends before it begins: such bookings are refused at the border. */
function inOrder(reservation: Reservation): Reservation {
  const rooms = reservation.rooms.map((room) => {
    const arrival = Date.parse(room.arrival ?? reservation.arrival);
    return arrival < Date.parse(room.departure ?? reservation.departure) ? room : { ...room, arrival: null, departure: null };
  });
  return { ...reservation, rooms };
}

function partOf({ last, change, base, count }: Made): Partial<Reservation> {
  switch (change.kind) {
    case 'dates': {
      const departureHours = Math.max(change.departureHours, change.arrivalHours + (change.asDates ? 48 : 1));
      const [arrival, departure] = [at(base, change.arrivalHours), at(base, departureHours)];
      return change.asDates ? { arrival: arrival.slice(0, 10), departure: departure.slice(0, 10) } : { arrival, departure };
    }
    case 'status':
      return { status: change.status };
    case 'condition':
      return { conditions: { paid: change.isMet } };
    case 'nothing':
      return {};
    case 'unit':
    case 'room':
    case 'roomGone':
    case 'roomDates':
      return roomsAfter({ last, change, base, count });
    case 'guest':
    case 'guestGone':
    case 'guestRooms':
    case 'name':
    case 'contact':
      return { guests: guestsAfter({ last, change, count }) };
  }
}

type RoomChange = Extract<Change, { kind: 'unit' | 'room' | 'roomGone' | 'roomDates' }>;

function roomsAfter({ last, change, base, count }: Omit<Made, 'change'> & { change: RoomChange }): Partial<Reservation> {
  if (change.kind === 'room') {
    const room = { id: `r${count}`, unitId: change.unitId, arrival: null, departure: null };
    return { rooms: [...last.rooms, room], guests: last.guests.map((guest) => ({ ...guest, roomIds: [...guest.roomIds, room.id] })) };
  }
  const place = change.room % Math.max(1, last.rooms.length);
  if (change.kind === 'roomGone') return { rooms: last.rooms.filter((_, i) => i !== place) };
  const rooms = last.rooms.map((room, i) => {
    if (i !== place) return room;
    if (change.kind === 'unit') return { ...room, unitId: change.unitId };
    const { arrivalHours, departureHours } = change;
    const arrival = arrivalHours === null ? null : at(base, arrivalHours);
    return { ...room, arrival, departure: departureHours === null ? null : at(base, Math.max(departureHours, (arrivalHours ?? 0) + 1)) };
  });
  return { rooms };
}

type GuestChange = Extract<Change, { kind: 'guest' | 'guestGone' | 'guestRooms' | 'name' | 'contact' }>;

function guestsAfter({ last, change, count }: { last: Reservation; change: GuestChange; count: number }): Reservation['guests'] {
  if (change.kind === 'guest') {
    const { email, phone } = addressesOf(count);
    const roomIds = last.rooms.map(({ id }) => id);
    const reach = { email: change.email ? email : null, phone: change.phone ? phone : null };
    const guest = { id: `g${count}`, name: `Guest ${count}`, ...reach, language: null, roomIds };
    return change.first ? [guest, ...last.guests] : [...last.guests, guest];
  }
  const place = change.guest % Math.max(1, last.guests.length);
  if (change.kind === 'guestGone') return last.guests.filter((_, i) => i !== place);
  return last.guests.map((guest, i) => {
    if (i !== place) return guest;
    if (change.kind === 'name') return { ...guest, name: change.name };
    if (change.kind === 'guestRooms')
      return { ...guest, roomIds: last.rooms.filter((_, j) => j === change.room % last.rooms.length).map(({ id }) => id) };
    const address = change.variant === null ? null : addressesOf(Number(guest.id.slice(1)), change.variant)[change.channel];
    return { ...guest, [change.channel]: address };
  });
}
