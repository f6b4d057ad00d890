/** The façade against a real Temporal server with the codec on, the real workflow, and an access port in memory. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, test } from 'node:test';
import { Client, Connection } from '@temporalio/client';
import { NativeConnection, type Worker, type WorkflowBundleWithSourceMap } from '@temporalio/worker';
import { createAccessActivities } from '../../activities/access.ts';
import type { GrantAtDoor } from '../../activities/upkeep-ports.ts';
import type { CodeHolder } from '../../client/grant-keys.ts';
import { takeReservation } from '../../client/intake.ts';
import { createNeighbours } from '../../client/neighbours.ts';
import { createReadiness } from '../../client/readiness.ts';
import { BadRequest, Conflict, NoWorker, TemporalUnavailable, UnknownReservation } from '../../client/refusals.ts';
import type { ListFilters } from '../../client/reservations/list.ts';
import { allOf, equals } from '../../client/reservations/visibility-query.ts';
import { createReservations, type Reservations } from '../../client/reservations.ts';
import { ensureSearchAttributes } from '../../client/search-attributes.ts';
import { dataConverter } from '../../config/data-converter.ts';
import { parseConfiguration } from '../../config/properties.ts';
import { type DevServer, startDevServer } from '../../simulator/temporal.ts';
import { findTemporal, TEMPORAL_CLI } from '../../simulator/temporal-binary.ts';
import { bundleWorkflows } from '../../worker/bundle.ts';
import { createWorker } from '../../worker/worker.ts';
import type { OccupancyQuestion } from '../../workflows/domain/occupancy.ts';
import type { Reservation } from '../../workflows/domain/reservation.ts';
import { SeamInMemory } from '../support/seam-in-memory.ts';
import { silenceTemporal } from '../support/silence.ts';
import { until } from '../support/until.ts';

const DAY = 24 * 3_600_000;
const SOURCE = 'mews-lisbon';
const taskQueue = 'system-reservations';
const converter = dataConverter([{ id: 'k1', key: randomBytes(32) }]);
const seam = new SeamInMemory();
const grantKeys = new Map<string, string>();
const grantsAt = new Map<string, readonly GrantAtDoor[]>();
/** By access code; null: Seam does not answer. */
const codes = new Map<string, readonly CodeHolder[] | null>();
const askedOfCodes: string[] = [];

const { value: configuration } = parseConfiguration({
  file: 'test.yaml',
  text: `properties:
  house: { timeZone: Europe/Lisbon, units: { "101": { entrances: [e1] }, "102": { entrances: [e2] }, "103": { entrances: [e3], modes: [card] },
      "104": { entrances: [e4], modes: [mobile_key] } } }
  "mary's house": { timeZone: Asia/Kathmandu, units: { "1": { devices: [d1] } } }
`,
});

let server: DevServer;
let client: Client;
let native: NativeConnection;
let bundle: WorkflowBundleWithSourceMap;
let reservations: Reservations;
let working: { readonly worker: Worker; readonly running: Promise<void> } | null = null;

async function startWorker(): Promise<void> {
  const sendMessage = async ({ messageId }: { messageId: string }) => ({ outcome: 'sent' as const, providerId: `provider-${messageId}` });
  const activities = { ...createAccessActivities({ access: seam, neighbours: { find: async () => [] } }), sendMessage };
  const worker = await createWorker({
    connection: native,
    namespace: server.namespace,
    taskQueue,
    activities,
    dataConverter: converter,
    workflowBundle: bundle,
  });
  working = { worker, running: worker.run() };
}

async function stopWorker(): Promise<void> {
  working?.worker.shutdown();
  await working?.running;
  working = null;
}

before(async () => {
  silenceTemporal();
  const { path } = await findTemporal({ program: TEMPORAL_CLI });
  server = await startDevServer({ binary: path, databaseFile: null });
  const connection = await Connection.connect({ address: server.address });
  [native, bundle] = await Promise.all([NativeConnection.connect({ address: server.address }), bundleWorkflows()]);
  await ensureSearchAttributes({ connection, namespace: server.namespace });
  client = new Client({ connection, namespace: server.namespace, dataConverter: converter });
  assert.ok(configuration);
  reservations = createReservations({
    client,
    taskQueue,
    deployment: 'latchkey',
    configuration,
    grantKeyOf: async ({ id }) => grantKeys.get(id) ?? null,
    grantsAt: async (place) => grantsAt.get(JSON.stringify(place)) ?? [],
    holdersOfCode: async (id) => {
      askedOfCodes.push(id);
      return codes.has(id) ? (codes.get(id) ?? null) : [];
    },
  });
  await startWorker();
});
after(async () => {
  await stopWorker();
  await native?.close();
  await client?.connection.close();
  await server?.stop();
});

/** A stay that has not been booked. */
const NOBODY_YET: Omit<OccupancyQuestion, 'units'> = {
  workflowId: 'latchkey:x:y',
  propertyId: 'house',
  closesAfter: 0,
  bookedAt: 0,
  kind: 'stay',
  shareWith: [],
  booking: null,
  overlap: 'hold',
};

const at = (ms: number): string => new Date(Date.now() + ms).toISOString();

function stay(fields: Record<string, unknown> = {}): Reservation {
  assert.ok(configuration);
  const body = {
    propertyId: 'house',
    version: 1,
    status: 'confirmed',
    arrival: at(2 * DAY),
    departure: at(4 * DAY),
    rooms: [{ id: '1', unitId: '101' }],
    guests: [{ id: 'g1', name: 'Ada Lovelace', email: 'ada@guests.example' }],
    ...fields,
  };
  const intake = takeReservation({ body, configuration, now: Date.now() });
  assert.ok(intake.ok, JSON.stringify(intake));
  return intake.reservation;
}

const put = async (reservationId: string, fields: Record<string, unknown> = {}): Promise<string> =>
  (await reservations.put({ source: SOURCE, reservationId, reservation: stay(fields) })).outcome;
const view = (reservationId: string) => reservations.view({ source: SOURCE, reservationId });
const reads = (reservationId: string, readiness: string) =>
  until(`${reservationId} ${readiness}`, async () => (await view(reservationId))?.readiness === readiness);
const versionHeard = (reservationId: string, version: number) =>
  until(`${reservationId} v${version}`, async () => (await view(reservationId))?.version === version);
const act = (reservationId: string, action: 'resend' | 'revoke' | 'retry', idempotencyKey: string = action) =>
  reservations.act({ source: SOURCE, reservationId, action: { action, idempotencyKey, by: 'desk', reason: null } });
const runsOf = async (reservationId: string): Promise<number> =>
  (await client.workflow.count(allOf([equals('WorkflowId', `latchkey:${SOURCE}:${reservationId}`)]))).count;

async function closed(reservationId: string, version = 2): Promise<void> {
  await put(reservationId, { version, status: 'cancelled' });
  await until(
    `${reservationId} ended`,
    async () => (await client.workflow.getHandle(`latchkey:${SOURCE}:${reservationId}`).describe()).status.name === 'COMPLETED',
  );
}

test('a booking starts one workflow, and an older version changes nothing and says so', async () => {
  assert.equal(await put('R-order', { version: 5 }), 'accepted');
  assert.equal(await put('R-order', { version: 5 }), 'accepted');
  await versionHeard('R-order', 5);
  assert.equal(await put('R-order', { version: 4, status: 'cancelled' }), 'stale');
  assert.equal((await view('R-order'))?.status, 'confirmed');
  await assert.rejects(put('R-order', { version: at(0), status: 'cancelled' }), BadRequest);
  await until('the other type shows', async () => (await view('R-order'))?.reasons.some(({ code }) => code === 'version_of_another_type'));
  assert.equal((await view('R-order'))?.status, 'confirmed');
});

test('ten writers at once make one reservation', async () => {
  const outcomes = await Promise.all(Array.from({ length: 10 }, (_, i) => put('R-race', { version: i + 1 })));
  assert.ok(outcomes.includes('accepted'));
  await versionHeard('R-race', 10);
});

test('what a closed reservation knew outlives it: stale and repeated versions start nothing, newer ones go on from there', async () => {
  await put('R-closed');
  await closed('R-closed');
  assert.equal(await put('R-closed', { version: 1 }), 'stale');
  assert.equal((await view('R-closed'))?.readiness, 'closed');
  await assert.rejects(put('R-closed', { version: at(0) }), BadRequest);
  const again = stay({ version: 7 });
  assert.equal((await reservations.put({ source: SOURCE, reservationId: 'R-closed', reservation: again })).outcome, 'accepted');
  await versionHeard('R-closed', 7);
  const timeline = (await view('R-closed'))?.timeline ?? [];
  assert.ok(timeline.length > 2, 'the first life is still in the timeline');
  await closed('R-closed', 8);
  const last = (await reservations.list({ filters: { status: 'cancelled' }, limit: 200, cursor: null })).reservations;
  assert.ok(last.length > 0);
});

test('the same again of a closed reservation is taken and starts nothing', async () => {
  const fields = { version: 1, status: 'cancelled', arrival: '2099-01-01', departure: '2099-01-02' };
  await put('R-same', fields);
  await until(
    'R-same ended',
    async () => (await client.workflow.getHandle(`latchkey:${SOURCE}:R-same`).describe()).status.name === 'COMPLETED',
  );
  assert.equal(await put('R-same', fields), 'accepted');
});

test('a stay that is wholly over and unknown starts nothing', async () => {
  assert.equal(await put('R-past', { arrival: at(-4 * DAY), departure: at(-2 * DAY) }), 'past');
  assert.equal(await view('R-past'), null);
});

test('an action is answered once it is taken, refused with its reason, and once by its key', async () => {
  await put('R-act');
  await versionHeard('R-act', 1);
  assert.deepEqual(await act('R-act', 'retry'), await act('R-act', 'retry'));
  // The key of another action, which makes it another command.
  await act('R-act', 'revoke', 'retry');
  await reads('R-act', 'closed');
  await assert.rejects(act('R-act', 'resend', 'after'), (error) => error instanceof Conflict && error.message.length > 10);
  await assert.rejects(act('R-nobody', 'retry'), UnknownReservation);
});

test('an event of Seam finds its workflow by key, by search attribute and by asking Seam; strangers and created ones are dropped', async () => {
  await put('R-event', { rooms: [{ id: '1', unitId: '102' }], arrival: at(3_600_000) });
  await reads('R-event', 'ready');
  const { grantKey, accessGrantId } = (await view('R-event'))?.access[0] ?? {};
  assert.ok(grantKey && accessGrantId);
  const base = { event_id: 'e-1', occurred_at: at(0), code: '482193' };
  const method = { ...base, event_type: 'access_method.issued', access_method_id: 'm', access_grant_ids: [accessGrantId] };
  assert.equal(await reservations.seamEvent({ ...method, access_grant_keys: [grantKey] }), 1);
  await until(
    'found by attribute',
    async () =>
      (await reservations.seamEvent({ ...base, event_type: 'access_grant.access_to_door_lost', access_grant_id: accessGrantId })) === 1,
  );
  grantKeys.set('other-grant', grantKey);
  assert.equal(
    await reservations.seamEvent({ ...base, event_type: 'access_grant.access_times_changed', access_grant_id: 'other-grant' }),
    1,
  );
  const gate = { device_id: 'gate' };
  const inHouse = { accessGrantId, grantKey, startsAt: Date.now(), endsAt: null };
  grantsAt.set(JSON.stringify(gate), [inHouse, { ...inHouse, grantKey: 'elsewhere:x:y#z.1' }]);
  assert.equal(await reservations.seamEvent({ ...base, event_type: 'device.disconnected', ...gate }), 1);
  grantsAt.set(JSON.stringify(gate), [{ ...inHouse, startsAt: Date.now() + 30 * DAY }]);
  assert.equal(await reservations.seamEvent({ ...base, event_type: 'device.disconnected', ...gate }), 0);
  for (const stranger of [
    { ...method, access_grant_keys: ['other-deployment:x:y#z.1'] },
    { ...method, access_grant_keys: ['latchkey:x:nobody#z.1'] },
    { ...base, event_type: 'access_grant.deleted', access_grant_id: "' OR 1=1 --" },
    { ...base, event_type: 'access_grant.created', access_grant_id: accessGrantId },
    { ...base, event_type: 'lock.unlocked', device_id: 'd' },
    [],
  ])
    assert.equal(await reservations.seamEvent(stranger), 0);
  const signals = await until('three signals in the history', async () => {
    const { events } = await client.workflow.getHandle(`latchkey:${SOURCE}:R-event`).fetchHistory();
    const payloads = (events ?? []).flatMap(({ workflowExecutionSignaledEventAttributes: signal }) =>
      signal?.signalName === 'seam' ? (signal.input?.payloads ?? []) : [],
    );
    return payloads.length >= 3 && payloads;
  });
  for (const text of await Promise.all(
    signals.map(async (payload) => JSON.stringify(await converter.payloadCodecs?.[0]?.decode([payload]))),
  ))
    assert.doesNotMatch(text, /482193/);
});

test('the first use of a code reaches its stay, once; an unlock that Seam was asked for is none; later uses, strangers’ and nameless ones cost neither a signal nor a question', async () => {
  const { grantKey, accessGrantId } = (await view('R-event'))?.access[0] ?? {};
  assert.ok(grantKey && accessGrantId);
  codes.set('code-1', null);
  const unlocked = { event_type: 'lock.unlocked', occurred_at: at(0), device_id: 'd', code: '482193' };
  const use = (access_code_id?: string, event_id = 'u-1') => reservations.seamEvent({ ...unlocked, event_id, access_code_id });
  assert.equal(await use('code-1'), 0);
  codes.set('code-1', [{ grantKey, accessGrantId }]);
  assert.equal(await reservations.seamEvent({ ...unlocked, event_id: 'u-0', access_code_id: 'code-1', action_attempt_id: 'a-1' }), 0);
  assert.deepEqual(
    [await use('code-1'), await use('code-1', 'u-2'), await use('strange'), await use('strange'), await use()],
    [1, 0, 0, 0, 0],
  );
  assert.deepEqual(askedOfCodes, ['code-1', 'code-1', 'strange']);
  const used = async () => (await view('R-event'))?.timeline.filter(({ what }) => what === 'first_used').length;
  await until('the use is told', async () => (await used()) === 1);
});

test('a stay that left a card behind is found by its unit until the card ends, and one that left nothing is not', async () => {
  const neighbours = createNeighbours({ client });
  const at103 = { rooms: [{ id: '1', unitId: '103' }], arrival: at(-3_600_000) };
  await put('R-card', at103);
  await reads('R-card', 'ready');
  const until103 = Date.parse((await view('R-card'))?.window.endsAt ?? '');
  await act('R-card', 'revoke');
  await reads('R-card', 'closing');
  const of = (startsAt: number, unitId = '103') =>
    neighbours.find({ ...NOBODY_YET, units: [{ unitId, window: { startsAt, endsAt: startsAt + DAY } }] });
  const left = await until('the card is found', async () => (await of(Date.now())).find(({ residual }) => residual !== undefined));
  assert.deepEqual(
    [left.key, left.residual?.map(({ unitId, window }) => [unitId, window.endsAt])],
    [`${SOURCE}:R-card`, [['103', until103]]],
  );
  assert.ok((await of(Date.now(), '102')).every(({ key }) => key !== left.key));
  await put('R-card', { ...at103, version: 2, status: 'no_show' });
  const former = await until('its unit is free', async () => (await of(Date.now())).find(({ units }) => units.length === 0));
  assert.deepEqual([former.key, former.residual?.map(({ window }) => window.endsAt)], [left.key, [until103]]);
  assert.deepEqual(await of(until103), []);
});

test('a receipt that tells something reaches its workflow; the others cost nothing', async () => {
  const receipt = { messageId: 'm1', sid: 'SM1', errorCode: null };
  const report = (workflowId: string, status: string) => reservations.receipt({ workflowId, receipt: { ...receipt, status } });
  assert.equal(await report(`latchkey:${SOURCE}:R-event`, 'delivered'), true);
  assert.equal(await report(`latchkey:${SOURCE}:R-event`, 'sent'), false);
  assert.equal(await report(`latchkey:${SOURCE}:R-nobody`, 'failed'), false);
  await client.workflow.start('stranger', { workflowId: 'other:x:y', taskQueue: 'nobody' });
  assert.equal(await report('other:x:y', 'failed'), false);
});

const listed = async (filters: ListFilters, scope?: { sources: string[] | null; properties: string[] | null }): Promise<string[]> => {
  const { reservations: rows } = await reservations.list({ filters, limit: 100, cursor: null, ...(scope === undefined ? {} : { scope }) });
  return rows.map(({ reservationId }) => reservationId).sort();
};

test('lists filter, page and stay in scope; a key is listed once, as its latest run says', async () => {
  const arrival = '2031-05-06T23:30';
  for (const id of ['L1', 'L2', 'L3']) await put(id, { arrival, departure: '2031-05-09', rooms: [] });
  await put('M1', { propertyId: "mary's house", arrival, departure: '2031-05-09', rooms: [] });
  const day = { arrivingFrom: '2031-05-06', arrivingTo: '2031-05-06' };
  await until('all are listed', async () => (await listed(day)).length === 4);
  assert.deepEqual(await listed({ ...day, property: "mary's house" }), ['M1']);
  assert.deepEqual(await listed({ arrivingFrom: '2031-05-07' }), ['R-same']);
  assert.deepEqual(await listed(day, { sources: ['another'], properties: null }), []);
  assert.deepEqual(await listed(day, { sources: [SOURCE], properties: ["mary's house"] }), ['M1']);
  assert.deepEqual(await listed(day, { sources: [], properties: null }), []);
  for (const property of ["' OR 1=1 --", "x' OR LatchkeyStatus = 'confirmed", 'house\\', "\\' OR 1=1 --", "house' --", 'house"', '%', '*'])
    assert.deepEqual(await listed({ ...day, property }), [], property);

  const seen: string[] = [];
  let cursor: string | null = null;
  do {
    const page = await reservations.list({ filters: day, limit: 3, cursor });
    assert.ok(page.reservations.length <= 3);
    seen.push(...page.reservations.map(({ key }) => key));
    cursor = page.nextCursor;
  } while (cursor !== null);
  assert.deepEqual(
    seen.sort(),
    ['L1', 'L2', 'L3', 'M1'].map((id) => `${SOURCE}:${id}`),
  );

  const [first] = (await reservations.list({ filters: { ...day, property: 'house' }, limit: 1, cursor: null })).reservations;
  assert.deepEqual(
    { ...first, reservationId: '', key: '', workflowId: '' },
    {
      key: '',
      source: SOURCE,
      reservationId: '',
      workflowId: '',
      propertyId: 'house',
      status: 'confirmed',
      readiness: first?.readiness,
      window: { startsAt: '2031-05-06T22:30:00.000Z', endsAt: '2031-05-09T10:30:00.000Z', timeZone: 'Europe/Lisbon' },
      arrivalDate: '2031-05-06',
      unitIds: [],
      configuration: first?.configuration,
    },
  );
});

test('a reservation that was closed and came back is listed once, as it is now', async () => {
  await until('both runs are listed', async () => (await runsOf('R-closed')) >= 2);
  const ids = await listed({});
  assert.equal(ids.filter((id) => id === 'R-closed').length, 1);
  await put('R-closed', { version: 9 });
  await until('the old run is left out', async () => !(await listed({ status: 'cancelled' })).includes('R-closed'));
});

test('a cursor of another list, or of nobody, is refused', async () => {
  const day = { arrivingFrom: '2031-05-06', arrivingTo: '2031-05-06' };
  const { nextCursor } = await reservations.list({ filters: day, limit: 1, cursor: null });
  assert.ok(nextCursor);
  await assert.rejects(reservations.list({ filters: { ...day, property: 'house' }, limit: 1, cursor: nextCursor }), BadRequest);
  await assert.rejects(
    reservations.list({ filters: day, limit: 1, cursor: nextCursor, scope: { sources: [SOURCE], properties: null } }),
    BadRequest,
  );
  const start = Buffer.from(nextCursor, 'base64url').subarray(0, 8);
  for (const cursor of ['garbage', '', 'é', Buffer.concat([start, Buffer.from('no token')]).toString('base64url')])
    await assert.rejects(reservations.list({ filters: day, limit: 1, cursor }), BadRequest, cursor);
});

test('what lies outside a scope reads as unknown, whatever is asked', async () => {
  const scope = { sources: null, properties: ["mary's house"] };
  assert.equal(await reservations.view({ source: SOURCE, reservationId: 'L1', scope }), null);
  assert.ok(await reservations.view({ source: SOURCE, reservationId: 'M1', scope }));
  const action = { action: 'retry', idempotencyKey: 'k', by: 'x', reason: null } as const;
  await assert.rejects(reservations.act({ source: SOURCE, reservationId: 'L1', scope, action }), UnknownReservation);
  const moved = stay({ version: 2, propertyId: "mary's house", rooms: [] });
  await assert.rejects(reservations.put({ source: SOURCE, reservationId: 'L1', reservation: moved, scope }), UnknownReservation);
});

test('without a worker a booking is durable and a closed one is seen; what a worker must answer is refused', async () => {
  await put('R-done');
  await closed('R-done');
  await stopWorker();
  assert.equal((await view('R-done'))?.readiness, 'closed');
  assert.equal(await put('R-late'), 'accepted');
  await Promise.all([assert.rejects(view('R-late'), NoWorker), assert.rejects(act('R-late', 'retry'), NoWorker)]);
  await startWorker();
  await versionHeard('R-late', 1);
});

test('ready while Temporal takes writes; without it everything is refused, and nothing hangs', async () => {
  const down = async () => 'down' as const;
  const probes = { seam: async () => 'standin' as const, mail: down, sms: () => Promise.reject(new Error('probe')) };
  assert.deepEqual(await createReadiness({ client, taskQueue, probes })(), {
    ready: true,
    checks: { temporal: 'ok', worker: 'ok', seam: 'standin', mail: 'down', sms: 'down' },
  });
  const { checks } = await createReadiness({ client, taskQueue: 'nobody-polls', probes })();
  assert.equal(checks.worker, 'down');
  const nowhere = new Client({ connection: Connection.lazy({ address: '127.0.0.1:1' }), dataConverter: converter });
  assert.ok(configuration);
  const away = createReservations({
    client: nowhere,
    taskQueue,
    deployment: 'latchkey',
    configuration,
    grantKeyOf: async () => null,
    grantsAt: async () => [],
    holdersOfCode: async () => null,
  });
  const address = { source: SOURCE, reservationId: 'R-away' };
  const [put, seen, list, ready] = await Promise.allSettled([
    away.put({ ...address, reservation: stay() }),
    away.view(address),
    away.list({ filters: {}, limit: 1, cursor: null }),
    createReadiness({ client: nowhere, taskQueue, probes })(),
  ]);
  await nowhere.connection.close();
  for (const result of [put, list]) assert.ok(result.status === 'rejected' && result.reason instanceof TemporalUnavailable);
  assert.ok(seen.status === 'rejected' && (seen.reason instanceof TemporalUnavailable || seen.reason instanceof NoWorker));
  assert.ok(ready.status === 'fulfilled' && !ready.value.ready && ready.value.checks.temporal === 'down');
});

test("a guest's page asks the stay, its result once it is closed; a call for help is heard although no worker was alive", async () => {
  const guest = (reservationId: string, guestId = 'g1') => ({ source: SOURCE, reservationId, guestId });
  await put('R-page', { rooms: [{ id: '1', unitId: '102' }], arrival: at(-3_600_000) });
  await until('the guest has a key', async () => (await reservations.pass(guest('R-page')))?.phase === 'given');
  assert.equal(await reservations.pass(guest('R-page', 'g2')), null);
  assert.equal(await reservations.pass(guest('R-nobody')), null);
  await stopWorker();
  assert.equal((await reservations.pass(guest('R-done')))?.phase, 'over');
  await assert.rejects(reservations.pass(guest('R-page')), NoWorker);
  assert.equal(await reservations.propertyOfStay(guest('R-page')), 'house');
  assert.deepEqual([await reservations.askForHelp(guest('R-page')), await reservations.askForHelp(guest('R-done'))], [true, false]);
  await startWorker();
  await until('the call for help', async () => (await view('R-page'))?.reasons.some(({ code }) => code === 'guest_needs_help'));
});

test('another Instant Key at the guest’s request is answered once it is made, again under the same key, and refused with the reason too soon', async () => {
  await put('R-link', { rooms: [{ id: '1', unitId: '104' }], arrival: at(-3_600_000) });
  const seen = () => reservations.pass({ source: SOURCE, reservationId: 'R-link', guestId: 'g1' });
  await until('the guest may ask', async () => (await seen())?.newKeyFrom === 0);
  const ask = (idempotencyKey: string) =>
    reservations.act({
      source: SOURCE,
      reservationId: 'R-link',
      action: { action: 'renew-key', guestId: 'g1', idempotencyKey, by: 'g1', reason: null },
    });
  assert.deepEqual([await ask('k1'), await ask('k1')], [{ outcome: 'made' }, { outcome: 'made' }]);
  await assert.rejects(ask('k2'), (error) => error instanceof Conflict && /a moment ago/.test(error.message));
  assert.equal(((await seen())?.newKeyFrom ?? 0) > Date.now(), true);
  assert.deepEqual(
    (await view('R-link'))?.timeline.filter(({ what }) => what.includes('key')).map(({ what, actor }) => `${actor} ${what}`),
    ['guest renew-key', 'engine key_renewed'],
  );
});
