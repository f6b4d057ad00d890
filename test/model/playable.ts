/** A stay to which things can be done one after another: the pure core's player is one, a running workflow another. */
import type { Event } from '../../workflows/domain/event.ts';
import type { Property } from '../../workflows/domain/property.ts';
import type { Action, ReservationFact } from '../../workflows/messages.ts';
import type { Fault } from './errand.ts';
import type { Watched } from './watched.ts';

export interface Playable extends Watched {
  /** What a search for the stay that replaces this one finds. */
  rebookedBy: string | null;
  hear(fact: ReservationFact): void;
  /** Another configuration, with leave to take back what it no longer gives. */
  configure(property: Property): void;
  /** Whether it was taken, or may be. */
  order(action: Action): boolean;
  tell(event: Event): void;
  /** One step of what is under way in this lane. */
  progress(of: { readonly lane: string; readonly fault?: Fault | null }): void;
  /** Everything under way ends, and what follows from it. */
  finish(): void;
}
