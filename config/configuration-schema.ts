/**
 * The configuration file as a person writes it, with every default. Texts stay texts here: `properties.ts` makes times and
 * lengths of them, and the JSON Schema is generated from this.
 */
import { z } from 'zod';
import { LANGUAGES } from '../workflows/domain/languages.ts';
import { accessShape, cards, doorsShape, modes } from './access-schema.ts';
import { durationText } from './duration.ts';
import { address } from './mailbox.ts';
import { messagesShape } from './messages-schema.ts';
import { line, section, timeOfDay } from './schema-parts.ts';

const isTimeZone = (name: string): boolean => {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
};

const timeZone = z.string().refine(isTimeZone, 'expected a time zone of the IANA database, such as Europe/Lisbon');
const phone = z
  .string()
  .regex(/^\+[1-9][\d ()-]{6,20}$/, 'expected a phone number with its country code, such as "+351911000000"')
  .describe('International, with +');
const id = z.string().regex(/^[^\p{Cc}]{1,128}$/u, 'expected a name of 1 to 128 characters');
const language = z.enum(LANGUAGES);

const unitSchema = section({
  ...doorsShape,
  modes: modes.optional().describe("The unit's own modes, instead of the property's"),
  cards: cards.optional().describe("The unit's own number of cards, instead of the property's"),
});

const propertySchema = section({
  name: line(80).optional().describe('Default: the key'),
  timeZone,
  checkIn: timeOfDay.default('15:00'),
  checkOut: timeOfDay.default('11:00'),
  language: language.default('en'),
  staff: section({ email: address.optional(), phone: phone.optional() })
    .prefault({})
    .describe('Who gets alerts. None: alerts show in the view and the log only'),
  access: section(accessShape).prefault({}),
  messages: section(messagesShape).prefault({}),
  units: z.record(id, unitSchema),
  common: section(doorsShape).prefault({}).describe('Doors that every guest of the property gets'),
})
  .superRefine((property, context) => {
    const { access, common, units } = property;
    if (access.provider === 'acs' && access.acs === undefined) {
      context.addIssue({ code: 'custom', path: ['access', 'acs'], message: 'is missing: provider acs needs acs.systemId' });
    }
    if (access.acs?.overridesEarlierKeys === true && access.guests !== 'main') {
      const message = 'needs guests: main, for the keys of several guests of a room would end one another';
      context.addIssue({ code: 'custom', path: ['access', 'acs', 'overridesEarlierKeys'], message });
    }
    const sets = [
      ...Object.entries(units).map(([unitId, unit]) => ({ path: ['units', unitId], doors: unit, modes: unit.modes })),
      { path: ['common'], doors: common, modes: undefined },
    ];
    const refuse = ({ path, message }: { path: readonly string[]; message: string }): void =>
      context.addIssue({ code: 'custom', path: [...path], message });
    const refuseModes = (path: readonly string[]): void =>
      refuse({ path: [...path, 'modes'], message: 'cannot be more than code: provider access_codes makes codes only' });
    const isMoreThanCode = (modes: readonly string[]): boolean => modes.some((mode) => mode !== 'code');
    if (access.provider === 'access_codes' && isMoreThanCode(access.modes)) refuseModes(['access']);
    for (const { path, doors, modes = [] } of sets) {
      if (access.provider === 'acs' && doors.devices.length > 0)
        refuse({ path: [...path, 'devices'], message: 'cannot be opened: provider acs opens entrances of an access system only' });
      if (access.provider === 'access_codes' && doors.entrances.length > 0)
        refuse({ path: [...path, 'entrances'], message: 'cannot be opened: provider access_codes opens single locks (devices) only' });
      if (access.provider === 'access_codes' && isMoreThanCode(modes)) refuseModes(path);
    }
    if (access.codePolicy.by === 'phone' && Object.values(common).some((doors) => doors.length > 0)) {
      const message = 'cannot be phone where the property has a common door: anybody who knows a guest would have its code';
      context.addIssue({ code: 'custom', path: ['access', 'codePolicy', 'by'], message });
    }
    const shared = sharedDoor(property.units);
    if (access.codePolicy.by === 'phone' && shared !== null) {
      const message = `cannot be phone where units share a door (${shared}): anybody who knows a guest would have its code`;
      context.addIssue({ code: 'custom', path: ['access', 'codePolicy', 'by'], message });
    }
  })
  .superRefine(({ access, units }, context) => {
    if (access.provider === 'grants') return;
    const message = 'cannot be more than 1: only provider grants makes several cards';
    const places = [
      { path: ['access'], cards: access.cards },
      ...Object.entries(units).map(([unitId, { cards }]) => ({ path: ['units', unitId], cards })),
    ];
    for (const { path, cards = 1 } of places) if (cards > 1) context.addIssue({ code: 'custom', path: [...path, 'cards'], message });
  });

/** The first door or space that stands in more than one unit, or null. */
function sharedDoor(units: Readonly<Record<string, z.output<typeof unitSchema>>>): string | null {
  const seen = new Set<string>();
  for (const { entrances, devices, spaces, spaceKeys } of Object.values(units)) {
    for (const door of [...entrances, ...devices, ...spaces, ...spaceKeys]) {
      if (seen.has(door)) return door;
      seen.add(door);
    }
  }
  return null;
}

export const configurationSchema = section({
  properties: z.record(id, propertySchema).refine((properties) => Object.keys(properties).length > 0, 'expected at least one property'),
  privacy: section({ eraseAfter: durationText.default('P30D').describe('How long after a stay its data is kept') }).prefault({}),
});

export type ConfigurationFile = z.output<typeof configurationSchema>;
export type PropertyFile = z.output<typeof propertySchema>;
