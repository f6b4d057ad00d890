/** The `access` section of a property and the doors of its units. */
import { z } from 'zod';
import { durationText } from './duration.ts';
import { distinct, section } from './schema-parts.ts';

export const modes = distinct(z.enum(['code', 'card', 'mobile_key', 'cloud_key'])).min(1, 'expected at least one mode');

const ids = distinct(z.string().min(1, 'expected an id'));

export const doorsShape = {
  entrances: ids.default([]).describe('acs_entrance_id of each'),
  devices: ids.default([]).describe('device_id of each'),
  spaces: ids.default([]).describe('space_id of each'),
  spaceKeys: ids.default([]).describe('space_key of each'),
};

const acs = section({
  systemId: z.string().min(1, 'expected an acs_system_id'),
  credentialManagerSystemId: z.string().min(1).nullable().default(null),
  accessGroups: ids.default([]),
  multiPhoneSync: z.boolean().default(false),
  overridesEarlierKeys: z
    .literal(true)
    .optional()
    .describe('Visionline, Vostio: the first key of a stay ends those of earlier guests; for guests: main only'),
  cardFormat: z.enum(['TLCode', 'rfid48']).optional().describe('Visionline: the format of cards'),
});

const codePolicy = section({
  by: z.enum(['seam', 'random', 'phone', 'reservation']).default('seam'),
  length: z.int('expected a whole number').min(4, 'expected 4 to 9').max(9, 'expected 4 to 9').default(6),
});

export const cards = z.int('expected a whole number').min(1, 'expected 1 or more').max(10, 'expected at most 10');

const instantKey = section({
  maxUses: z.int('expected a whole number').min(1, 'expected 1 or more').max(1000, 'expected at most 1000').default(2),
  customizationProfileId: z
    .string()
    .min(1, 'expected a customization_profile_id')
    .optional()
    .describe('How the page behind the link looks. Default: as the workspace has it'),
});

export const accessShape = {
  modes: modes.default(['code']).describe('All are requested'),
  cards: cards.default(1).describe('With mode card: so many for each guest and room, each made by itself'),
  guests: z.enum(['main', 'reachable', 'all']).default('reachable').describe('Who gets a grant of their own'),
  provider: z.enum(['grants', 'acs', 'access_codes']).default('grants').describe('Access Grants, or the low-level ACS or Access Codes API'),
  acs: acs.optional().describe('For provider acs'),
  codePolicy: codePolicy.prefault({}),
  reservationKey: z
    .enum(['auto', 'always', 'never'])
    .default('auto')
    .describe("auto: where any of the stay's entrances can belong to a reservation"),
  opensBefore: durationText.default('PT0S').describe('Access starts this long before arrival'),
  closesAfter: durationText.default('PT30M').describe('Access ends this long after departure'),
  requires: distinct(z.string().regex(/^[\w.-]{1,60}$/, 'expected the name of a condition, such as paid'))
    .default([])
    .describe('Conditions for the first release'),
  onConditionLost: z.enum(['hold', 'revoke']).default('hold'),
  overlap: z.enum(['hold', 'warn']).default('hold').describe("When another stay's window covers the unit"),
  roomMove: z.enum(['make-before-break', 'break-before-make']).default('make-before-break'),
  noShowGrace: durationText.default('PT12H'),
  cancelGrace: durationText.default('PT15M').describe('Only once access has started'),
  rebookGrace: durationText.default('PT0S').describe("How long a cancelled stay's access waits for its rebooking"),
  instantKey: instantKey.prefault({}),
  attentionBefore: durationText.default('PT4H').describe('A stay that is not ready by then needs a person'),
};
