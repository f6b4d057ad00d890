/** From the text of a configuration file to a `Configuration`. */
import type { AccessPolicy, DayHours, DoorSet, MessagePolicy, Provision, UnitPolicy } from '../workflows/domain/property.ts';
import type { Duration } from '../workflows/domain/reservation.ts';
import type { Configuration, PropertySettings } from './configuration.ts';
import { type ConfigurationFile, configurationSchema, type PropertyFile } from './configuration-schema.ts';
import { duration } from './duration.ts';
import type { Reading } from './variables.ts';
import { parseYaml } from './yaml-file.ts';

/** `file` is the name that errors show. */
export function parseConfiguration({ text, file }: { text: string; file: string }): Reading<Configuration> {
  const { value, problems } = parseYaml<ConfigurationFile>({ text, file, schema: configurationSchema });
  if (value === null) return { value: null, problems };
  const properties = new Map(Object.entries(value.properties).map(([id, property]) => [id, settings({ id, property })]));
  return { value: { properties, privacy: { eraseAfter: milliseconds(value.privacy.eraseAfter) } }, problems: [] };
}

function settings({ id, property }: { id: string; property: PropertyFile }): PropertySettings {
  const staff = { email: property.staff.email ?? null, phone: property.staff.phone?.replace(/[^+\d]/g, '') ?? null };
  return {
    id,
    name: property.name ?? id,
    timeZone: property.timeZone,
    checkIn: property.checkIn,
    checkOut: property.checkOut,
    language: property.language,
    staff,
    access: access(property.access),
    messages: messages({ file: property.messages, staff }),
    units: new Map(
      Object.entries(property.units).map(([unitId, unit]): [string, UnitPolicy] => [
        unitId,
        { doors: doors(unit), modes: unit.modes ?? null, ...(unit.cards === undefined ? {} : { cards: unit.cards }) },
      ]),
    ),
    common: doors(property.common),
  };
}

const access = (file: PropertyFile['access']): AccessPolicy => ({
  modes: file.modes,
  ...(file.cards === 1 ? {} : { cards: file.cards }),
  guests: file.guests,
  opensBefore: milliseconds(file.opensBefore),
  closesAfter: milliseconds(file.closesAfter),
  requires: file.requires,
  onConditionLost: file.onConditionLost,
  overlap: file.overlap,
  roomMove: file.roomMove,
  noShowGrace: milliseconds(file.noShowGrace),
  cancelGrace: milliseconds(file.cancelGrace),
  rebookGrace: milliseconds(file.rebookGrace),
  instantKeyMaxUses: file.instantKey.maxUses,
  ...(file.instantKey.customizationProfileId === undefined ? {} : { customizationProfileId: file.instantKey.customizationProfileId }),
  attentionBefore: milliseconds(file.attentionBefore),
  provision: provision(file),
});

const provision = (file: PropertyFile['access']): Provision => ({
  provider: file.provider,
  acs: file.acs ?? null,
  codePolicy: file.codePolicy,
  reservationKey: file.reservationKey,
});

const messages = ({ file, staff }: { file: PropertyFile['messages']; staff: PropertySettings['staff'] }): MessagePolicy => ({
  channels: file.channels,
  content: file.content,
  revealBefore: milliseconds(file.revealBefore),
  quietHours: file.quietHours === null ? null : hours(file.quietHours),
  contactChange: file.contactChange,
  smsCountries: file.smsCountries,
  from: file.from ?? null,
  replyTo: file.replyTo ?? staff.email,
  helpLine: file.helpLine ?? staff.phone,
  ...(file.deskHours === undefined ? {} : { deskHours: hours(file.deskHours) }),
});

/** Picked one by one: the order of keys is that of the snapshot, whatever the order in the file. */
const doors = ({ entrances, devices, spaces, spaceKeys }: DoorSet): DoorSet => ({ entrances, devices, spaces, spaceKeys });

const hours = ({ from, to }: { from: string; to: string }): DayHours => ({ from: minutes(from), to: minutes(to) });

const minutes = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

/** The schema has let only durations through. */
function milliseconds(text: string): Duration {
  const length = duration(text);
  if (length === null) throw new RangeError(`${text} is no duration`);
  return length;
}
