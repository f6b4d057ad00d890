/** One reservation in play: the engine, and everything that it can be told, kept in the model's own account too. */
import { refusalOf } from '../../workflows/domain/order-refusal.ts';
import type { Property } from '../../workflows/domain/property.ts';
import type { Reservation } from '../../workflows/domain/reservation.ts';
import type { Action } from '../../workflows/messages.ts';
import { noteConfiguration, noteOrder, noteWord } from './books.ts';
import { Engine } from './engine.ts';
import { promise } from './promise.ts';
import { isOver } from './word-promises.ts';

export class Player extends Engine {
  /** The PMS's word; a closed stay is started again by a newer one only. */
  hear({ reservation, property }: { reservation: Reservation; property: Property }): void {
    if (this.isClosed && reservation.version <= this.heard.reservation.version) return;
    if (this.isClosed) this.carryOn();
    this.isClosed = false;
    noteWord({ stay: this, fact: { reservation, property } });
    this.tell({ kind: 'reservation', fact: { reservation, property } });
  }

  /** Another configuration, with leave to take back what it no longer gives. */
  configure(property: Property): void {
    if (this.isClosed) return;
    this.tell({ kind: 'property', fact: noteConfiguration({ stay: this, property }) });
  }

  /** Whether the order was taken; one taken before under its key is taken and changes nothing. */
  order(action: Action): boolean {
    if (this.isClosed) return false;
    const refusal = refusalOf({ state: this.state, action, now: this.now });
    promise({ kept: refusal !== '', what: 'a refusal has words' });
    if (refusal !== null) return false;
    noteOrder({ stay: this, action });
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
}
