/** The page as JSON, for a guest's own app: the same facts, and codes only where they were asked for. */
import { z } from 'zod';
import type { PassView } from '../../workflows/domain/pass-view.ts';
import { iso } from '../../workflows/domain/reservation.ts';
import { mayAskForKey, openingOf, presentRooms, type Screen } from './screen.ts';

const at = z.iso.datetime();

export const passSchema = z
  .object({
    phase: z.enum(['given', 'waiting', 'blocked', 'tentative', 'over']).meta({
      description: 'given: there are rooms. waiting: the key is in the making. blocked: it needs a person.',
    }),
    property: z.object({
      name: z.string(),
      timeZone: z.string(),
      helpLine: z.string().nullable(),
      deskHours: z
        .object({ from: z.string(), to: z.string() })
        .nullable()
        .meta({ description: 'HH:MM, property time, when somebody is at the desk; null: not known.' }),
    }),
    startsAt: at,
    endsAt: at,
    newKey: z.boolean().meta({ description: 'Another key link can be asked for now, with new-key.' }),
    rooms: z.array(
      z.object({
        unitId: z.string(),
        startsAt: at,
        endsAt: at,
        isOpen: z.boolean().meta({ description: 'The window has begun: keys open, and unlock is taken.' }),
        doors: z.array(z.object({ id: z.string(), kind: z.enum(['entrance', 'device']), name: z.string(), opensFromPage: z.boolean() })),
        keys: z.array(
          z.object({
            accessMethodId: z.string(),
            mode: z.enum(['code', 'card', 'mobile_key', 'cloud_key']),
            doors: z.array(z.string()),
            secret: z.string().nullish().meta({ description: 'Digits or a link, after show alone; null where it could not be read.' }),
          }),
        ),
      }),
    ),
  })
  .meta({ id: 'Pass' });

export const passJson = (screen: Pick<Screen, 'view' | 'now' | 'shown'>): z.output<typeof passSchema> => ({
  phase: screen.view.phase,
  property: propertyJson(screen.view.property),
  startsAt: iso(screen.view.startsAt),
  endsAt: iso(screen.view.endsAt),
  newKey: mayAskForKey(screen),
  rooms: presentRooms(screen).map((room) => ({
    unitId: room.unitId,
    startsAt: iso(room.window.startsAt),
    endsAt: iso(room.window.endsAt),
    isOpen: openingOf({ room, now: screen.now }) === 'open',
    doors: room.doors.map(({ id, kind, name, opensFromPage }) => ({ id, kind, name, opensFromPage })),
    keys: room.keys.map(({ accessMethodId, mode, doors }) => ({
      accessMethodId,
      mode,
      doors: [...doors],
      ...(screen.shown === null || (mode !== 'code' && mode !== 'mobile_key') ? {} : { secret: screen.shown.get(accessMethodId) ?? null }),
    })),
  })),
});

const propertyJson = ({ name, timeZone, helpLine, deskHours }: PassView['property']) => ({
  name,
  timeZone,
  helpLine,
  deskHours: deskHours === undefined ? null : { from: dial(deskHours.from), to: dial(deskHours.to) },
});

/** Minutes after midnight as `HH:MM`. */
const dial = (minutes: number): string => [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':');
