/** What the configuration file says, parsed: what every part of the engine is built from. */
import type { AccessPolicy, Channel, DoorSet, MessagePolicy, UnitPolicy } from '../workflows/domain/property.ts';
import type { Duration } from '../workflows/domain/reservation.ts';

export type Provider = 'grants' | 'acs' | 'access_codes';

/** For provider `acs`. */
export interface AcsSettings {
  readonly systemId: string;
  readonly credentialManagerSystemId: string | null;
  readonly accessGroups: readonly string[];
  readonly multiPhoneSync: boolean;
}

export interface CodePolicy {
  readonly by: 'seam' | 'random' | 'phone' | 'reservation';
  /** Digits, 4 to 9. */
  readonly length: number;
}

/** Which API makes the access, and how. */
export interface Provision {
  readonly provider: Provider;
  readonly acs: AcsSettings | null;
  readonly codePolicy: CodePolicy;
  readonly reservationKey: 'auto' | 'always' | 'never';
}

export interface PropertySettings {
  readonly id: string;
  readonly name: string;
  readonly timeZone: string;
  /** `HH:MM`, property time. */
  readonly checkIn: string;
  readonly checkOut: string;
  readonly language: string;
  readonly staff: { readonly email: string | null; readonly phone: string | null };
  readonly access: AccessPolicy;
  readonly provision: Provision;
  readonly messages: MessagePolicy;
  readonly units: ReadonlyMap<string, UnitPolicy>;
  readonly common: DoorSet;
}

export interface Configuration {
  readonly properties: ReadonlyMap<string, PropertySettings>;
  readonly privacy: { readonly eraseAfter: Duration };
}

/** The channels that any property uses, so that their services are needed. */
export const channelsOf = ({ properties }: Configuration): readonly Channel[] => [
  ...new Set([...properties.values()].flatMap(({ messages }) => messages.channels)),
];
