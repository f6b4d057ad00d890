/** Why something that was asked from outside is not done: named, so that HTTP and the command line answer each in their own way. */

import type { PassView } from '../workflows/domain/pass-view.ts';

/** One invalid field: `path` as in `guests[0].email`, empty for the whole body. Never holds what was sent. */
export interface FieldError {
  readonly path: string;
  readonly message: string;
}

/** What was sent cannot be taken; every invalid field is named. */
export class BadRequest extends Error {
  override readonly name = 'BadRequest';
  readonly errors: readonly FieldError[];

  constructor(errors: readonly FieldError[]) {
    super(errors.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`)).join('; '));
    this.errors = errors;
  }
}

/** There is no such reservation within the asker's reach. */
export class UnknownReservation extends Error {
  override readonly name = 'UnknownReservation';
}

/** The state of the reservation forbids what was asked; the message is the reason. */
export class Conflict extends Error {
  override readonly name = 'Conflict';
}

/** Temporal does not answer or does not take it: nothing was recorded, and asking again is safe. */
export class TemporalUnavailable extends Error {
  override readonly name = 'TemporalUnavailable';
}

/** Temporal is there, but no worker answered in time. */
export class NoWorker extends Error {
  override readonly name = 'NoWorker';
}

/** The link to a guest's page is genuine and opens nothing: the stay is over, or a newer link took its place. */
export class PassEnded extends Error {
  override readonly name = 'PassEnded';
  readonly why: 'over' | 'replaced';
  readonly view: Pick<PassView, 'language' | 'property'>;

  constructor({ why, view }: Pick<PassEnded, 'why' | 'view'>) {
    super(why === 'over' ? 'The stay is over; nothing opens any more.' : 'This link was replaced by a newer one.');
    this.why = why;
    this.view = view;
  }
}
