/** One reservation in play: the engine, and everything that it can be told, kept in the model's own account too. */
import { refusalOf } from '../../workflows/domain/order-refusal.ts';
import type { Property } from '../../workflows/domain/property.ts';
import type { Reservation } from '../../workflows/domain/reservation.ts';
import type { Action, SeamEvent } from '../../workflows/messages.ts';
import { Engine } from './engine.ts';
import { promise } from './promise.ts';
import { isOver } from './word-promises.ts';

export class Player extends Engine {
  /** The PMS's word; a closed stay is started again by a newer one only. */
  hear({ reservation, property }: { reservation: Reservation; property: Property }): void {
    if (this.isClosed && reservation.version <= this.heard.reservation.version) return;
    if (this.isClosed) this.carryOn();
    this.isClosed = false;
    const moved = this.record.noteChange({ before: this.heard.reservation, after: reservation });
    if (property.messages.contactChange === 'send') this.post.mayBeginAnew(moved);
    if (property !== this.heard.property) this.record.noteLosses(reservation.guests);
    this.heard.hear({ reservation, property, now: this.now });
    this.tell({ kind: 'reservation', fact: { reservation, property } });
  }

  /** Another configuration, with leave to take back what it no longer gives. */
  configure(property: Property): void {
    if (this.isClosed) return;
    const { reservation } = this.heard;
    this.record.noteLosses(reservation.guests);
    this.heard.hear({ reservation, property, now: this.now });
    const unitIds = [...Object.keys(property.units), ...reservation.rooms.flatMap(({ unitId }) => unitId ?? [])];
    this.tell({ kind: 'property', fact: { propertyId: property.id, property, unitIds, mayRevoke: true } });
  }

  /** Whether the order was taken; one taken before under its key is taken and changes nothing. */
  order(action: Action): boolean {
    if (this.isClosed) return false;
    const refusal = refusalOf({ state: this.state, action, now: this.now });
    promise({ kept: refusal !== '', what: 'a refusal has words' });
    if (refusal !== null) return false;
    if (this.record.isNewOrder(action.idempotencyKey)) {
      this.heard.obey({ order: action, now: this.now });
      this.record.noteOrder({ action, seam: this.seam, guests: this.heard.reservation.guests, now: this.now });
      if (action.action === 'resend') this.post.mayRepeat(this.heard.reservation.guests.map(({ id }) => id));
    }
    this.tell({ kind: 'action', action });
    return true;
  }

  /** A guest at the door says on the page that the key does not work; a page of a stay that is over has no such button. */
  askForHelp(pick: number): void {
    const { guests } = this.heard.reservation;
    const guestId = guests[pick % guests.length]?.id;
    if (this.isClosed || guestId === undefined || isOver(this.heard, this.now)) return;
    this.heard.hearHelp({ guestId, now: this.now });
    this.tell({ kind: 'help', request: { guestId } });
  }

  /** The stay under another number says that the guest holds its access. */
  beReplaced(by: string): void {
    this.record.wasRebooked = true;
    this.tell({ kind: 'rebooked', rebooked: { by } });
  }

  hearSeam(event: SeamEvent): void {
    if (this.isClosed) return;
    this.record.noteEvent();
    if (event.eventType === 'lock.unlocked' && event.accessGrantIds.some((id) => this.record.known.has(id))) this.heard.isUsed = true;
    this.tell({ kind: 'seam', event });
  }
}
