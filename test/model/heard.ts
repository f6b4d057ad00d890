/** What the booking system and the desk have said so far, as it reached the engine: the model's own account, by the rules alone. */
import type { Property } from '../../workflows/domain/property.ts';
import type { Reservation, ReservationStatus } from '../../workflows/domain/reservation.ts';
import type { Order } from '../../workflows/messages.ts';
import { entitledGuests, stayStart } from './entitlement.ts';

const HOUR = 3_600_000;

export class Heard {
  reservation: Reservation;
  property: Property;
  statusSince: number;
  /** Every status ever heard, for what may have begun under it. */
  readonly statuses = new Set<ReservationStatus>();
  checkedInAt: number | null = null;
  /** A key was used: the guest is in. */
  isUsed = false;
  /** Since when a required condition is missing. */
  unmetSince: number | null = null;
  /** By room: since when it has no unit. */
  readonly withoutUnitSince = new Map<string, number>();
  /** Since when what is wanted now could have been made. */
  dueSince: number;
  /** Access had started when the booking was cancelled. */
  wasCancelledInHouse = false;
  /** The stay under another number said that the guest holds its access; until this one is booked again. */
  isReplaced = false;
  isHeld = false;
  revokedAt: number | null = null;
  readonly waived = new Set<string>();
  /** By guest: when the guest last said on the page that the key does not work, and was not heard already. */
  readonly helpAskedAt = new Map<string, number>();
  departure: { readonly text: string; readonly insteadOf: string } | null = null;

  constructor({ reservation, property, now }: { reservation: Reservation; property: Property; now: number }) {
    this.reservation = reservation;
    this.property = property;
    this.statusSince = now;
    this.dueSince = now;
    this.statuses.add(reservation.status);
    if (reservation.status === 'checked_in') this.checkedInAt = now;
    this.#weighRooms(now);
    this.#weighConditions(now);
  }

  /** Only what is newer counts; the same again may bring another configuration. */
  hear({ reservation, property, now }: { reservation: Reservation; property: Property; now: number }): void {
    if (reservation.version < this.reservation.version) return;
    if (reservation.version === this.reservation.version) this.property = property;
    else this.#change({ reservation, property, now });
    this.#weighConditions(now);
  }

  obey({ order, now }: { order: Order; now: number }): void {
    if (order.action === 'hold') this.isHeld = true;
    if (order.action === 'revoke') this.revokedAt ??= now;
    if (order.action === 'change-departure') {
      this.departure = { text: order.departure, insteadOf: this.reservation.departure };
      this.dueSince = now;
    }
    if (order.action !== 'release') return;
    this.isHeld = false;
    this.revokedAt = null;
    for (const condition of order.waive) this.waived.add(condition);
    this.dueSince = now;
    this.#weighConditions(now);
  }

  hearHelp({ guestId, now }: { guestId: string; now: number }): void {
    const before = this.helpAskedAt.get(guestId);
    if (before === undefined || now >= before + HOUR) this.helpAskedAt.set(guestId, now);
  }

  get isExpected(): boolean {
    return isExpected(this.reservation);
  }

  #change({ reservation, property, now }: { reservation: Reservation; property: Property; now: number }): void {
    const before = this.reservation;
    const isEarly = reservation.status === 'checked_in' && this.checkedInAt === null && now < stayStart(this);
    if (isEarly || (isExpected(reservation) && !isExpected(before)) || places({ reservation, property }) !== places(this))
      this.dueSince = now;
    if (reservation.status !== before.status) this.statusSince = now;
    if (reservation.status !== before.status && reservation.status !== 'cancelled') this.isReplaced = false;
    if (reservation.status === 'checked_in') this.checkedInAt ??= now;
    if (reservation.status === 'confirmed') this.checkedInAt = null;
    if (this.departure !== null && this.departure.insteadOf !== reservation.departure) this.departure = null;
    this.statuses.add(reservation.status);
    this.reservation = reservation;
    this.property = property;
    this.#weighRooms(now);
    if (reservation.status !== before.status) this.wasCancelledInHouse = reservation.status === 'cancelled' && now >= stayStart(this);
  }

  #weighRooms(now: number): void {
    const before = new Map(this.withoutUnitSince);
    this.withoutUnitSince.clear();
    for (const { id, unitId } of this.reservation.rooms) if (unitId === null) this.withoutUnitSince.set(id, before.get(id) ?? now);
  }

  #weighConditions(now: number): void {
    const { requires } = this.property.access;
    const isUnmet = requires.some((condition) => !this.waived.has(condition) && this.reservation.conditions[condition] !== true);
    if (!isUnmet && this.unmetSince !== null) this.dueSince = now;
    this.unmetSince = isUnmet ? (this.unmetSince ?? now) : null;
  }
}

const isExpected = ({ status }: Reservation): boolean => status === 'confirmed' || status === 'checked_in';
/** Who gets access where and when. */
function places({ reservation, property }: Pick<Heard, 'reservation' | 'property'>): string {
  const { arrival, departure, rooms } = reservation;
  return JSON.stringify([arrival, departure, rooms, entitledGuests({ reservation, property }).map(({ id, roomIds }) => [id, roomIds])]);
}
