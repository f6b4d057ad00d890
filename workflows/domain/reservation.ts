/**
 * What the booking system says of one reservation, parsed and normalised at the border (contract, section 5).
 * Times stay as the texts that the PMS sent: `local-time.ts` resolves them in the property's zone, so that a change of
 * the property's default times or zone moves every stay that relies on them.
 */

/** Milliseconds since the epoch. Inside the engine every moment is one of these; ISO texts live at the borders. */
export type Instant = number;
export const iso = (at: Instant): string => new Date(at).toISOString();
/** A length of time in milliseconds. */
export type Duration = number;

export type ReservationStatus = 'tentative' | 'confirmed' | 'checked_in' | 'checked_out' | 'cancelled' | 'no_show';
export type StayKind = 'stay' | 'owner' | 'work';

export const stayKindOf = (text: string): StayKind => (text === 'owner' || text === 'work' ? text : 'stay');

/** An ISO 8601 instant or an integer that grows; one reservation must stay with one of the two. */
export type Version = string | number;

/** `2026-12-01`, `2026-12-01T14:00`, `…:05`, or with `Z` or an offset. A date alone means the property's default time. */
export type StayTime = string;

export interface Room {
  readonly id: string;
  /** null: not assigned yet. */
  readonly unitId: string | null;
  readonly arrival: StayTime | null;
  readonly departure: StayTime | null;
}

export interface Guest {
  readonly id: string;
  /** At most 60 characters, without URLs and control characters (rule 17). Personal data. */
  readonly name: string;
  /** Personal data. */
  readonly email: string | null;
  /** E.164. Personal data. */
  readonly phone: string | null;
  /** A BCP 47 language the messages exist in, or null for the property's. */
  readonly language: string | null;
  /** Never empty when the reservation has rooms: intake fills in every room where the PMS names none. */
  readonly roomIds: readonly string[];
}

export interface Reservation {
  readonly propertyId: string;
  readonly version: Version;
  readonly kind: StayKind;
  readonly status: ReservationStatus;
  readonly arrival: StayTime;
  readonly departure: StayTime;
  readonly rooms: readonly Room[];
  /** The first one is the main guest. */
  readonly guests: readonly Guest[];
  readonly conditions: Readonly<Record<string, boolean>>;
  /** Keys of reservations that rightly share the unit. */
  readonly shareWith: readonly string[];
  readonly channel: { readonly name: string; readonly reference: string } | null;
}

/** Which reservation this is. `workflowId` begins with the deployment's name and is opaque to everybody else. */
export interface ReservationKey {
  readonly source: string;
  readonly reservationId: string;
  readonly workflowId: string;
}

/** Negative, zero or positive as `a` is older than, equal to or newer than `b`; null where the two are not comparable. */
export function compareVersions(a: Version, b: Version): number | null {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a === 'string' && typeof b === 'string') return Date.parse(a) - Date.parse(b);
  return null;
}
