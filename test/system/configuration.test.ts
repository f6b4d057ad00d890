/** The configuration's way to running stays on a real Temporal server: Schedule, brake and approval, over an access port in memory. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, test } from 'node:test';
import { Client, Connection } from '@temporalio/client';
import { NativeConnection, type Worker } from '@temporalio/worker';
import { createAccessActivities } from '../../activities/access.ts';
import { createConfigurationActivities } from '../../activities/configuration.ts';
import type { SendInput } from '../../activities/inputs.ts';
import { createBrakes } from '../../client/brakes.ts';
import { createConfigurationFollower } from '../../client/configuration-follower.ts';
import { takeReservation } from '../../client/intake.ts';
import { Conflict } from '../../client/refusals.ts';
import { EVERYTHING } from '../../client/reservations/context.ts';
import { createReservations } from '../../client/reservations.ts';
import { ensureSchedules } from '../../client/schedules.ts';
import { ensureSearchAttributes } from '../../client/search-attributes.ts';
import type { Configuration } from '../../config/configuration.ts';
import { dataConverter } from '../../config/data-converter.ts';
import { parseConfiguration } from '../../config/properties.ts';
import { type DevServer, startDevServer } from '../../simulator/temporal.ts';
import { findTemporal, TEMPORAL_CLI } from '../../simulator/temporal-binary.ts';
import { bundleWorkflows } from '../../worker/bundle.ts';
import { createWorker } from '../../worker/worker.ts';
import { SeamInMemory } from '../support/seam-in-memory.ts';
import { silenceTemporal } from '../support/silence.ts';
import { until } from '../support/until.ts';

const HOUR = 3_600_000;
const deployment = 'latchkey';
const taskQueue = 'system-configuration';
const converter = dataConverter([{ id: 'k1', key: randomBytes(32) }]);
const STAYS = ['R1', 'R2', 'R3', 'R4', 'R5', 'R6'];
const seam = new SeamInMemory();
const sent: SendInput[] = [];

let server: DevServer;
let client: Client;
let native: NativeConnection;
let worker: Worker;
let running: Promise<void>;
let deployed: Configuration;

/** A house with a staff's address and these units. */
function configured({
  units,
  checkOut = '11:00',
  id = 'house',
}: {
  units: readonly string[];
  checkOut?: string;
  id?: string;
}): Configuration {
  const listed = units.map((unit) => `"${unit}": { entrances: [e${unit}] }`).join(', ');
  const { value } = parseConfiguration({
    file: 'test.yaml',
    text: `properties: { ${id}: { timeZone: Etc/UTC, checkOut: "${checkOut}", staff: { email: desk@house.example }, units: { ${listed} } } }`,
  });
  assert.ok(value);
  return value;
}

const context = (configuration: Configuration) => ({ client, taskQueue, deployment, configuration });

const follower = (configuration: Configuration) => createConfigurationFollower(context(configuration));

/** A worker that starts with another file; it is the same one here, for the stays of a worker that is gone move to the next only after seconds. */
async function deploy(configuration: Configuration): Promise<void> {
  deployed = configuration;
  await ensureSchedules({ client, deployment, taskQueue });
}

before(async () => {
  silenceTemporal();
  const { path } = await findTemporal({ program: TEMPORAL_CLI });
  server = await startDevServer({ binary: path, databaseFile: null });
  const connection = await Connection.connect({ address: server.address });
  const [nativeConnection, workflowBundle] = await Promise.all([NativeConnection.connect({ address: server.address }), bundleWorkflows()]);
  native = nativeConnection;
  await ensureSearchAttributes({ connection, namespace: server.namespace });
  client = new Client({ connection, namespace: server.namespace, dataConverter: converter });
  const activities = {
    ...createAccessActivities({ access: seam, neighbours: { find: async () => [] } }),
    ...createConfigurationActivities({ configuration: { follow: (signal) => follower(deployed).follow(signal) } }),
    sendMessage: async (input: SendInput) => {
      sent.push(input);
      return { outcome: 'sent' as const, providerId: input.messageId };
    },
  };
  const { namespace } = server;
  worker = await createWorker({ connection: native, namespace, taskQueue, activities, dataConverter: converter, workflowBundle });
  running = worker.run();
});
after(async () => {
  worker?.shutdown();
  await running;
  await native?.close();
  await client?.connection.close();
  await server?.stop();
});

const UNITS = STAYS.map((_, i) => String(101 + i));
const FIRST = configured({ units: UNITS });
const reservationsUnder = (configuration: Configuration) =>
  createReservations({ ...context(configuration), grantKeyOf: async () => null, grantsAt: async () => [], holdersOfCode: async () => [] });
const view = (reservationId: string) => reservationsUnder(FIRST).view({ source: 'pms', reservationId });
const codes = async (reservationId: string) => (await view(reservationId))?.reasons.map(({ code }) => code) ?? [];

async function book(): Promise<void> {
  const departure = new Date(Date.now() + 30 * 24 * HOUR).toISOString().slice(0, 10);
  for (const [i, reservationId] of STAYS.entries()) {
    const body = {
      propertyId: 'house',
      version: 1,
      status: 'checked_in',
      arrival: new Date(Date.now() - HOUR).toISOString(),
      departure,
      rooms: [{ id: '1', unitId: UNITS[i] }],
      guests: [{ id: 'g1', name: 'Ada Lovelace', email: `${reservationId}@guests.example` }],
    };
    const intake = takeReservation({ body, configuration: FIRST, now: Date.now() });
    assert.ok(intake.ok, JSON.stringify(intake));
    await reservationsUnder(FIRST).put({ source: 'pms', reservationId, reservation: intake.reservation });
  }
  for (const id of STAYS) await until(`${id} ready`, async () => (await view(id))?.readiness === 'ready');
}

test('a deploy with other default times moves every stay that relies on them, and tells each guest once', async () => {
  await deploy(FIRST);
  await book();
  const before = sent.length;
  const moved = configured({ units: UNITS, checkOut: '12:30' });
  await deploy(moved);
  await until('all windows moved', async () =>
    (await Promise.all(STAYS.map(view))).every((stay) => stay?.window.endsAt.includes('T13:00')),
  );
  await until('all are told', () => sent.length === before + STAYS.length);
  assert.ok(sent.slice(before).every(({ notice }) => notice.kind === 'access_changed'));
  const { told, stays } = await follower(moved).follow(AbortSignal.timeout(10_000));
  assert.deepEqual([told, stays], [0, STAYS.length]);
});

test('a deploy that takes all units is stopped: nothing is revoked, staff hears once, and what an operator approves goes and is proven', async () => {
  const brakes = createBrakes(context(FIRST));
  const before = sent.length;
  await deploy(configured({ units: ['999'] }));
  await until('the brake', async () => (await brakes.list({ scope: EVERYTHING })).some(({ grants }) => grants === STAYS.length));
  const [brake] = await brakes.list({ scope: EVERYTHING });
  assert.deepEqual(
    [brake?.propertyId, brake?.live, brake?.stopped.map(({ what }) => what).sort()],
    ['house', 6, STAYS.map((id) => `pms:${id}`)],
  );
  assert.deepEqual(await brakes.list({ scope: { properties: ['another'] } }), []);
  assert.equal(seam.grants.size, STAYS.length);
  for (const id of STAYS) assert.deepEqual(await codes(id), ['unit_withdrawn']);
  await until('staff is told', () => sent.length > before);
  const approval = { id: brake?.id ?? '', by: 'desk', reason: null, scope: EVERYTHING };
  assert.equal(await brakes.approve({ ...approval, id: 'another' }), null);
  assert.equal(await brakes.approve(approval), STAYS.length);
  await until('all is gone', async () => seam.grants.size === 0);
  for (const id of STAYS) assert.ok((await view(id))?.access.every(({ absenceVerifiedAt }) => absenceVerifiedAt !== null));
  const alerts = sent.slice(before).filter(({ notice }) => notice.kind === 'staff_alert');
  assert.equal(alerts.filter(({ workflowId }) => workflowId === `${deployment}/brake/house`).length, 1);
  assert.ok((await brakes.approve(approval).catch((error: unknown) => error instanceof Conflict)) !== STAYS.length);
});

test('a deploy that brings the units back brings the guests back in; one that takes a single one needs nobody', async () => {
  await deploy(FIRST);
  await until('all are back', async () => seam.grants.size === STAYS.length);
  await deploy(configured({ units: UNITS.slice(1) }));
  await until('one is gone', async () => seam.grants.size === STAYS.length - 1);
  assert.deepEqual(await createBrakes(context(FIRST)).list({ scope: EVERYTHING }), []);
});

test('a property that leaves the configuration takes nothing with it', async () => {
  await deploy(configured({ units: UNITS, id: 'elsewhere' }));
  await until('the stays know', async () => (await codes('R2')).includes('unit_withdrawn'));
  await until('the brake', async () => (await createBrakes(context(FIRST)).list({ scope: EVERYTHING })).length === 1);
  assert.equal(seam.grants.size, STAYS.length - 1);
});
