import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { booking, put, type Serving, serve } from './serving.ts';

let serving: Serving;
before(async () => {
  serving = await serve();
});
after(() => serving.close());

const but = (fields: Record<string, unknown>): Record<string, unknown> => ({ ...booking(), ...fields });
const without = (name: string): Record<string, unknown> => Object.fromEntries(Object.entries(booking()).filter(([key]) => key !== name));
const room = { id: '1', unitId: '101' };
const guest = { id: 'g1', name: 'Ada' };

/** What is wrong, and the path that must be named. */
const WRONG: readonly (readonly [string, unknown, string])[] = [
  ['no propertyId', without('propertyId'), 'propertyId'],
  ['propertyId a number', but({ propertyId: 7 }), 'propertyId'],
  ['no version', without('version'), 'version'],
  ['version a word', but({ version: 'newest' }), 'version'],
  ['version null', but({ version: null }), 'version'],
  ['version no instant', but({ version: '2026-02-30T10:00:00Z' }), 'version'],
  ['version far ahead', but({ version: new Date(Date.now() + 11 * 60_000).toISOString() }), 'version'],
  ['status unknown', but({ status: 'maybe' }), 'status'],
  ['status a list', but({ status: ['confirmed'] }), 'status'],
  ['arrival a word', but({ arrival: 'tomorrow' }), 'arrival'],
  ['month 13', but({ arrival: '2027-13-01' }), 'arrival'],
  ['30 February', but({ arrival: '2027-02-30' }), 'arrival'],
  ['25:00', but({ arrival: '2027-02-01T25:00' }), 'arrival'],
  ['24:00', but({ arrival: '2027-02-01T24:00' }), 'arrival'],
  ['offset +25:00', but({ arrival: '2027-02-01T10:00+25:00' }), 'arrival'],
  ['no departure', without('departure'), 'departure'],
  ['departure null', but({ departure: null }), 'departure'],
  ['departure before arrival', but({ arrival: '2027-03-05', departure: '2027-03-04' }), 'departure'],
  ['departure at the hour of arrival', but({ arrival: '2027-03-05T11:00', departure: '2027-03-05' }), 'departure'],
  ['no rooms', without('rooms'), 'rooms'],
  ['rooms an object', but({ rooms: room }), 'rooms'],
  ['a room without id', but({ rooms: [{ unitId: '101' }] }), 'rooms[0].id'],
  ['unitId a number', but({ rooms: [{ ...room, unitId: 101 }] }), 'rooms[0].unitId'],
  ['two rooms with one id', but({ rooms: [room, room] }), 'rooms[1].id'],
  ['a room with a bad date', but({ rooms: [{ ...room, arrival: 'soon' }] }), 'rooms[0].arrival'],
  ['a room that ends before it begins', but({ rooms: [{ ...room, departure: '2027-01-31' }] }), 'rooms[0].departure'],
  ['a hundred and one rooms', but({ rooms: Array.from({ length: 101 }, (_, i) => ({ id: String(i) })) }), 'rooms'],
  ['no guests', without('guests'), 'guests'],
  ['two guests with one id', but({ guests: [guest, guest] }), 'guests[1].id'],
  ['two hundred and one guests', but({ guests: Array.from({ length: 201 }, (_, i) => ({ id: String(i) })) }), 'guests'],
  ['a bad e-mail', but({ guests: [{ ...guest, email: 'not an address' }] }), 'guests[0].email'],
  ['an e-mail that goes on', but({ guests: [{ ...guest, email: 'a@b.example\r\nBcc: c@d.example' }] }), 'guests[0].email'],
  ['a bad phone', but({ guests: [{ ...guest, phone: 'call me' }] }), 'guests[0].phone'],
  ['a national phone', but({ guests: [{ ...guest, phone: '912345678' }] }), 'guests[0].phone'],
  ['roomIds of no room', but({ guests: [{ ...guest, roomIds: ['77'] }] }), 'guests[0].roomIds'],
  ['roomIds a text', but({ guests: [{ ...guest, roomIds: '1' }] }), 'guests[0].roomIds'],
  ['conditions a list', but({ conditions: ['paid'] }), 'conditions'],
  ['a condition that is a word', but({ conditions: { paid: 'yes' } }), 'conditions.paid'],
  ['shareWith no key', but({ shareWith: ["x' OR 1=1"] }), 'shareWith[0]'],
  ['channel a text', but({ channel: 'booking.com' }), 'channel'],
  ['a list', [], ''],
  ['null', null, ''],
  ['nothing in it', {}, 'guests'],
  ['deep nesting', `{"propertyId":${'['.repeat(20_000)}${']'.repeat(20_000)}}`, 'propertyId'],
];

test('each wrong field gets 400 with its path, as a problem document, and nothing is asked of Temporal', async () => {
  for (const [what, body, path] of WRONG) {
    const answer = await put(serving, body);
    const problem = (await answer.json()) as { status: number; errors: { path: string; message: string }[] };
    assert.equal(answer.status, 400, what);
    assert.match(answer.headers.get('content-type') ?? '', /^application\/problem\+json/);
    assert.equal(problem.status, 400);
    assert.ok(
      problem.errors.some((error) => error.path === path && error.message.length > 0),
      `${what}: ${JSON.stringify(problem.errors)}`,
    );
  }
  assert.deepEqual(serving.asked, []);
});

test('everything wrong is told at once, also what lies between fields', async () => {
  const body = but({
    status: 'maybe',
    version: null,
    arrival: '2027-03-05',
    departure: '2027-03-04',
    rooms: [room, room],
    guests: [{ ...guest, email: 'x', roomIds: ['9'] }],
    propertyId: 'harbour-house',
  });
  const { errors } = (await (await put(serving, body)).json()) as { errors: { path: string }[] };
  assert.deepEqual(errors.map(({ path }) => path).sort(), [
    'departure',
    'guests[0].email',
    'guests[0].roomIds',
    'rooms[1].id',
    'status',
    'version',
  ]);
});

test('a property that is not configured is 422, whatever its name', async () => {
  for (const propertyId of ['no-such-house', '__proto__', 'constructor', 'toString']) {
    const answer = await put(serving, but({ propertyId }));
    assert.equal(answer.status, 422);
    assert.deepEqual(
      ((await answer.json()) as { errors: { path: string }[] }).errors.map(({ path }) => path),
      ['propertyId'],
    );
  }
});

test('bodies that are no JSON text are 400, of another type 415, too large 413, and keys of prototypes are refused', async () => {
  const send = (body: string | Uint8Array<ArrayBuffer>, type = 'application/json') =>
    serving.request('/v1/reservations/mews-lisbon/R-1', { as: 'pms', method: 'PUT', body, headers: { 'content-type': type } });
  const statuses = [
    [400, await send('')],
    [400, await send('{not json')],
    [400, await send(JSON.stringify(booking()).slice(0, -9))],
    [400, await send(new Uint8Array([...Buffer.from('{"propertyId":"'), 0xff, 0xfe, ...Buffer.from('"}')]))],
    [400, await send('{"__proto__":{"propertyId":"harbour-house"}}')],
    [400, await send('{"constructor":{"prototype":{}}}')],
    [413, await send(JSON.stringify(but({ channel: { name: 'x'.repeat(300_000), reference: '1' } })))],
    [415, await send('<reservation/>', 'application/xml')],
    [415, await send('propertyId=1', 'application/x-www-form-urlencoded')],
  ] as const;
  for (const [status, answer] of statuses) {
    assert.equal(answer.status, status, await answer.clone().text());
    assert.match(answer.headers.get('content-type') ?? '', /^application\/problem\+json/);
  }
  assert.equal(({} as { propertyId?: string }).propertyId, undefined);
});

test('ids in the address that no reservation can have are 400 or 404, never taken', async () => {
  for (const path of [
    '/v1/reservations/a%3Ab/R-1',
    '/v1/reservations/a/b%2Fc',
    `/v1/reservations/a/${'x'.repeat(129)}`,
    "/v1/reservations/a/'%20OR%201",
  ]) {
    const answer = await put(serving, booking(), { path });
    assert.equal(answer.status, 400, path);
  }
  assert.equal((await put(serving, booking(), { path: `/v1/reservations/a/${'x'.repeat(2000)}` })).status, 414);
  assert.equal((await put(serving, booking(), { path: '/v1/reservations/%ZZ/R-1' })).status, 400);
});

test('a good booking reaches the façade normalised, and its answer comes back as 202', async () => {
  serving.asked.length = 0;
  const answer = await put(serving, booking());
  assert.equal(answer.status, 202);
  assert.deepEqual(await answer.json(), { key: 'mews-lisbon:R-1', workflowId: 'latchkey:mews-lisbon:R-1', outcome: 'accepted' });
  const { method, input } = serving.asked[0] ?? {};
  assert.equal(method, 'put');
  assert.equal((input as { reservation: { guests: { phone: string }[] } }).reservation.guests[0]?.phone, '+351912345678');
});
