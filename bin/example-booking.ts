/** A booking to try, with dates that are right today. Only where stand-ins play every service: nobody real is told of it. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Configuration } from '../config/configuration.ts';
import type { Outside } from './stand-ins.ts';

interface Example {
  readonly dataDir: string;
  readonly configuration: Configuration;
  readonly outside: Pick<Outside, 'standIns'>;
}

const DAY = 86_400_000;
const NIGHTS = 2;

/** The path of the file; null where there is none. */
export function writeExampleBooking({ dataDir, configuration, outside }: Example): string | null {
  const [property] = configuration.properties.values();
  const [unitId] = property?.units.keys() ?? [];
  if (property === undefined || unitId === undefined || outside.standIns.length < 3) return null;
  const day = new Intl.DateTimeFormat('sv-SE', { timeZone: property.timeZone, dateStyle: 'short' });
  const booking = {
    propertyId: property.id,
    version: new Date().toISOString(),
    status: 'confirmed',
    arrival: day.format(Date.now()),
    departure: day.format(Date.now() + NIGHTS * DAY),
    rooms: [{ id: '1', unitId }],
    guests: [{ id: 'g1', name: 'Ada Lovelace', email: 'ada@example.com', phone: '+351912345678', language: 'en' }],
  };
  const file = join(dataDir, 'example-booking.json');
  writeFileSync(file, `${JSON.stringify(booking, null, 2)}\n`);
  return file;
}
