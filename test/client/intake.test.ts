import assert from 'node:assert/strict';
import { test } from 'node:test';
import { takeReservation } from '../../client/intake.ts';
import type { Reservation } from '../../workflows/domain/reservation.ts';
import { booking, configuration } from './serving.ts';

const settings = configuration();
const now = Date.parse('2026-11-20T10:00:00Z');

function taken(fields: Record<string, unknown>): Reservation {
  const intake = takeReservation({ body: { ...booking(), ...fields }, configuration: settings, now });
  assert.ok(intake.ok, JSON.stringify(intake));
  return intake.reservation;
}

const nameOf = (name: string): string => taken({ guests: [{ id: 'g', name }] }).guests[0]?.name ?? '';

test('what the booking system leaves out is filled in as documented, and what nobody knows is dropped', () => {
  const { guests, rooms, kind, conditions, shareWith, channel, ...rest } = taken({
    kind: undefined,
    rooms: [{ id: '1' }, { id: '2', unitId: '101', arrival: null, secret: 'x' }],
    guests: [{ id: 'g' }, { id: 'h', email: '', phone: ' ', roomIds: [] }],
    paymentCard: '4111111111111111',
  });
  assert.deepEqual(rooms, [
    { id: '1', unitId: null, arrival: null, departure: null },
    { id: '2', unitId: '101', arrival: null, departure: null },
  ]);
  const empty = { name: '', email: null, phone: null, language: null, roomIds: ['1', '2'] };
  assert.deepEqual(guests, [
    { id: 'g', ...empty },
    { id: 'h', ...empty },
  ]);
  assert.deepEqual({ kind, conditions, shareWith, channel }, { kind: 'stay', conditions: {}, shareWith: [], channel: null });
  assert.deepEqual(Object.keys(rest).sort(), ['arrival', 'departure', 'propertyId', 'status', 'version']);
});

test('a booking names neither a code, a key nor anything of Seam’s: what it says of them goes nowhere', () => {
  const mine = { code: '481516', pin: '481516', user_identity_id: 'id-481516', access_method: { mode: 'code', code: '481516' } };
  const fields = { guests: [{ id: 'g', ...mine }], rooms: [{ id: '1', ...mine }], access_grant: mine, ...mine };
  assert.doesNotMatch(JSON.stringify(taken(fields)), /481516/);
});

test('names are data: no control characters, no links, at most 60 characters, and still the name', () => {
  assert.equal(nameOf('Ada\r\nBcc: x\u0000\u202egnp'), 'Ada Bcc: xgnp');
  assert.equal(nameOf('Ada https://evil.example/x?y=1 Lovelace'), 'Ada Lovelace');
  assert.equal(nameOf('www.evil.example Ada'), 'Ada');
  assert.doesNotMatch(nameOf('pay at evil.com/now or bit.ly/x'), /\w\.\w/);
  assert.equal(nameOf('J.R.R. Tolkien'), 'J.R.R. Tolkien');
  assert.equal(nameOf("María-José O'Brien d’Été 王小明"), "María-José O'Brien d’Été 王小明");
  assert.equal(Array.from(nameOf('𝒜'.repeat(200))).length, 60);
});

test('phones become E.164 and addresses are kept as written; numbers that only an old table calls wrong are taken', () => {
  const phone = (text: string): string | null => taken({ guests: [{ id: 'g', phone: text }] }).guests[0]?.phone ?? null;
  assert.deepEqual(['+351 912 345 678', '00351912345678', '+44 (0)20 7946 0000', '+881612345678'].map(phone), [
    '+351912345678',
    '+351912345678',
    '+442079460000',
    '+881612345678',
  ]);
  assert.equal(
    taken({ guests: [{ id: 'g', email: " Ada.O'Brien+stay@Example.co.uk " }] }).guests[0]?.email,
    "Ada.O'Brien+stay@Example.co.uk",
  );
});

test('times are kept as the texts that were sent, without fractions of a second', () => {
  const { arrival, departure } = taken({ arrival: '2027-02-01T14:00:05.123Z', departure: '2027-02-04T12:00+01:00' });
  assert.deepEqual([arrival, departure], ['2027-02-01T14:00:05Z', '2027-02-04T12:00+01:00']);
  assert.equal(taken({ version: '2026-11-20T10:09:59Z' }).version, '2026-11-20T10:09:59Z');
});

test('departure after arrival is judged in the zone of the property', () => {
  // 15:00 in Kathmandu is 09:15 UTC.
  const body = { propertyId: 'hill-house', arrival: '2027-02-01', rooms: [], guests: [] };
  assert.equal(
    takeReservation({ body: { ...booking(), ...body, departure: '2027-02-01T09:15:00Z' }, configuration: settings, now }).ok,
    false,
  );
  assert.equal(
    takeReservation({ body: { ...booking(), ...body, departure: '2027-02-01T09:15:01Z' }, configuration: settings, now }).ok,
    true,
  );
});

test('a language that no message exists in means that of the property', () => {
  const language = (tag: string): string | null | undefined => taken({ guests: [{ id: 'g', language: tag }] }).guests[0]?.language;
  assert.deepEqual(['en', 'pt-BR', 'DE_at', 'zh'].map(language), ['en', 'pt', 'de', null]);
});

test('a hundred thousand wrong entries do not become as many errors', () => {
  const intake = takeReservation({ body: { ...booking(), rooms: Array.from({ length: 100_000 }, () => 1) }, configuration: settings, now });
  assert.deepEqual(intake, { ok: false, unknownProperty: false, errors: [{ path: 'rooms', message: 'expected at most 100' }] });
});
