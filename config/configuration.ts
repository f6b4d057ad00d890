/** What the configuration file says, parsed: what every part of the engine is built from. */
import {
  type AccessPolicy,
  type AcsSettings,
  type Channel,
  type DoorSet,
  type MessagePolicy,
  type Provision,
  provisionOf,
  type UnitPolicy,
} from '../workflows/domain/property.ts';
import type { Duration } from '../workflows/domain/reservation.ts';

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
  readonly messages: MessagePolicy;
  readonly units: ReadonlyMap<string, UnitPolicy>;
  readonly common: DoorSet;
}

export interface Configuration {
  readonly properties: ReadonlyMap<string, PropertySettings>;
  readonly privacy: { readonly eraseAfter: Duration };
}

/** Whether any message names the guest's page. */
export const namesPages = ({ properties }: Configuration): boolean =>
  [...properties.values()].some(
    ({ access, messages, units }) =>
      messages.content === 'pass' ||
      [access.modes, ...[...units.values()].map(({ modes }) => modes ?? [])].some((modes) => modes.includes('cloud_key')),
  );

/** The channels that any property uses, so that their services are needed. */
export const channelsOf = ({ properties }: Configuration): readonly Channel[] => [
  ...new Set([...properties.values()].flatMap(({ messages }) => messages.channels)),
];

/** Which of Seam's APIs make access in any property. Access Grants always count: stays of before a change may have them. */
export const providersOf = ({ properties }: Configuration): readonly Provision['provider'][] => [
  ...new Set(['grants' as const, ...[...properties.values()].map(({ access }) => provisionOf(access).provider)]),
];

/** The access systems whose own API makes access, each once. */
export function acsSystemsOf({ properties }: Configuration): readonly AcsSettings[] {
  const named = [...properties.values()].flatMap(({ access }) => {
    const { provider, acs } = provisionOf(access);
    return provider === 'acs' && acs !== null ? [acs] : [];
  });
  return [...new Map(named.map((acs) => [acs.systemId, acs])).values()];
}
