/**
 * Every failure that an activity can end with, by name, and the one place that decides whether trying again can help.
 * Activities throw these through `activities/failures.ts` only; the workflow reacts to the name.
 */
/** `soon`: also at once, by Temporal. `later`: only after the pauses of `pace.ts`. `never`: not until a person or another wish. */
type Retry = 'soon' | 'later' | 'never';

export const FAILURES = {
  SeamRateLimited: { retry: 'soon', text: 'Seam asked us to slow down' },
  SeamUnavailable: { retry: 'soon', text: 'Seam does not answer' },
  SeamRejected: { retry: 'never', text: 'Seam refused the request' },
  SeamUnauthorized: { retry: 'later', text: 'Seam refused our API key' },
  SeamNotFound: { retry: 'never', text: 'Seam does not know a door, space or system that the configuration names' },
  SeamConflict: { retry: 'soon', text: 'Seam reports a conflict with what it already holds' },
  ModeImpossible: { retry: 'later', text: 'a door cannot be opened with what is asked for' },
  ReservationConflict: { retry: 'never', text: 'Seam holds other doors or times under the key of this reservation' },
  SeamUnreadable: { retry: 'soon', text: 'Seam answered with something that its API does not describe' },
  UnitOccupied: { retry: 'later', text: "the unit is still another stay's" },
  TooLate: { retry: 'never', text: 'it was asked for too long ago' },
  StillThere: { retry: 'soon', text: 'Seam still shows the access that was deleted' },
  NotErased: { retry: 'soon', text: 'what was erased can still be read' },
  MailUnavailable: { retry: 'soon', text: 'the mail server does not take messages' },
  MailUnanswered: { retry: 'later', text: 'the mail server did not say whether it took the message' },
  MailRefused: { retry: 'never', text: 'the mail server refused the address or the message for good' },
  SmsUnavailable: { retry: 'soon', text: 'the SMS service does not take messages' },
  SmsUnanswered: { retry: 'soon', text: 'the SMS service did not say whether it took the message' },
  SmsRefused: { retry: 'never', text: 'the SMS service refused the number or the message for good' },
  MessageLimit: { retry: 'later', text: 'the property has sent as many messages as it may in an hour' },
  Unauthorized: { retry: 'later', text: 'a service refused our credentials' },
  Unexpected: { retry: 'soon', text: 'an unexpected error' },
} as const satisfies Record<string, { retry: Retry; text: string }>;

/** The code of a `MessageLimit` that nobody has heard of yet: one of all the stays that it puts off tells staff. */
export const FIRST_OF_THE_HOUR = 'first_of_the_hour';

/** The code of a `ReservationConflict`: the grants of one reservation must overlap in time. */
export const APART = 'reservation_time_frames_must_overlap';

export type FailureType = keyof typeof FAILURES;

export const isFailureType = (name: string): name is FailureType => Object.hasOwn(FAILURES, name);

/**
 * A message may have been taken all the same. `MailUnanswered` comes after each try that leaves it open; an SMS is looked up before the
 * next one. Without a code an activity ended unheard.
 */
export const mayHaveBeenTaken = ({ type, code }: Failure): boolean =>
  type === 'MailUnanswered' || type === 'SmsUnanswered' || (type === 'Unexpected' && code === null);

/** What a revocation came upon that no reading had shown. Kept before anything is deleted: afterwards nothing says whose it was (rule 9). */
export interface Learnt {
  /** null: a low-level provider makes no grant. */
  readonly accessGrantId: string | null;
  readonly accessMethodIds: readonly string[];
}

/** What is kept of a failure: never a message of the other side, which may quote an address. */
export interface Failure {
  readonly type: FailureType;
  /** The other side's own code, for example `21610`, `550` or `invalid_input`; null where it gave none. */
  readonly code: string | null;
  /** The other side asked for this pause, in milliseconds; null where it did not. */
  readonly retryAfter: number | null;
  /** Doors and modes that it is about, in our words, without personal data; absent where the type says it all. */
  readonly about?: string;
  /** Of a `StillThere`: nothing is deleted before this is kept. */
  readonly learnt?: Learnt;
}
