/**
 * What the configuration says of the property of one reservation: a snapshot that travels with every fact of the PMS, so
 * that the workflow decides without asking anybody (contract, section 3). Only the units that the reservation names are in it.
 */
import type { Duration, Instant } from './reservation.ts';

export type Mode = 'code' | 'card' | 'mobile_key' | 'cloud_key';
export type Channel = 'email' | 'sms';

/** Where a unit's doors are found in Seam. Any list may be empty. */
export interface DoorSet {
  readonly entrances: readonly string[];
  readonly devices: readonly string[];
  readonly spaces: readonly string[];
  readonly spaceKeys: readonly string[];
}

export const NO_DOORS: DoorSet = { entrances: [], devices: [], spaces: [], spaceKeys: [] };

export interface UnitPolicy {
  readonly doors: DoorSet;
  /** The unit's own modes, or null for the property's. */
  readonly modes: readonly Mode[] | null;
  /** The unit's own number of cards for each guest; absent: the property's. */
  readonly cards?: number;
}

/**
 * The zone's offsets from UTC over the time that matters here, oldest first: `[from, minutes]`, each until the next one.
 * The first one also holds for everything before it. Computed outside: tzdata belongs to the worker's Node and would break replay.
 */
export interface Zone {
  readonly name: string;
  readonly offsets: readonly (readonly [from: Instant, minutes: number])[];
}

/** For provider `acs`. */
export interface AcsSettings {
  readonly systemId: string;
  readonly credentialManagerSystemId: string | null;
  readonly accessGroups: readonly string[];
  readonly multiPhoneSync: boolean;
  /** Left out: those of earlier guests stay as they are, and a new one joins them (Visionline, Vostio). */
  readonly overridesEarlierKeys?: true | undefined;
  /** Visionline; left out: the system's own. */
  readonly cardFormat?: 'TLCode' | 'rfid48' | undefined;
}

/** Which of Seam's APIs makes the access, and how: Access Grants, or the low-level ones of access systems and of single locks. */
export interface Provision {
  readonly provider: 'grants' | 'acs' | 'access_codes';
  readonly acs: AcsSettings | null;
  /** Who chooses a code; `length` in digits, 4 to 9. What Seam really set is always read back. */
  readonly codePolicy: { readonly by: 'seam' | 'random' | 'phone' | 'reservation'; readonly length: number };
  /** `auto`: where any of the doors can belong to a reservation. */
  readonly reservationKey: 'auto' | 'always' | 'never';
}

const OF_OLD: Provision = { provider: 'grants', acs: null, codePolicy: { by: 'seam', length: 6 }, reservationKey: 'auto' };

/** A stay that was booked before there was a choice goes on as it began. */
export const provisionOf = ({ provision }: Pick<AccessPolicy, 'provision'>): Provision => provision ?? OF_OLD;
/** What makes an access in place of Access Grants. */
export type LowLevel = { readonly provider: 'acs'; readonly acs: AcsSettings } | { readonly provider: 'access_codes' };

export interface AccessPolicy {
  readonly modes: readonly Mode[];
  /** How many cards each guest has of a room, where `modes` has `card`; absent: one. */
  readonly cards?: number;
  readonly guests: 'main' | 'reachable' | 'all';
  readonly opensBefore: Duration;
  readonly closesAfter: Duration;
  readonly requires: readonly string[];
  readonly onConditionLost: 'hold' | 'revoke';
  readonly overlap: 'hold' | 'warn';
  readonly roomMove: 'make-before-break' | 'break-before-make';
  readonly noShowGrace: Duration;
  readonly cancelGrace: Duration;
  readonly rebookGrace: Duration;
  readonly instantKeyMaxUses: number;
  /** Seam's id of how the page behind an Instant Key looks; absent: as the workspace has it. */
  readonly customizationProfileId?: string;
  readonly attentionBefore: Duration;
  /** Snapshots of old have none: read it by `provisionOf`. */
  readonly provision?: Provision;
}

/** Of each day, in minutes after local midnight; `to` may be on the next day. */
export interface DayHours {
  readonly from: number;
  readonly to: number;
}

export interface MessagePolicy {
  readonly channels: readonly Channel[];
  readonly content: 'code' | 'pass';
  readonly revealBefore: Duration;
  /** SMS only (rule 15). */
  readonly quietHours: DayHours | null;
  readonly contactChange: 'confirm' | 'send';
  /** ISO 3166 codes; empty means any, but the ranges that rule 16 refuses. */
  readonly smsCountries: readonly string[];
  readonly from: string | null;
  readonly replyTo: string | null;
  readonly helpLine: string | null;
  /** When somebody is at the desk; absent: it is not said. */
  readonly deskHours?: DayHours;
}

export interface Property {
  readonly id: string;
  readonly name: string;
  readonly zone: Zone;
  /** `HH:MM`, property time. */
  readonly checkIn: string;
  readonly checkOut: string;
  readonly language: string;
  readonly staff: { readonly email: string | null; readonly phone: string | null };
  readonly access: AccessPolicy;
  readonly messages: MessagePolicy;
  readonly units: Readonly<Record<string, UnitPolicy>>;
  readonly common: DoorSet;
  /** A digest of all of this but the zone's table: stays with another one have to hear what changed. Snapshots of old have none. */
  readonly revision?: string;
}

/** The revision of a property that the configuration has no longer. */
export const UNCONFIGURED = 'unconfigured';
