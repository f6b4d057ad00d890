/** Erasures on a real Temporal server, over the Seam simulator, the phone and the mailbox: what is left of a stay afterwards. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, test } from 'node:test';
import { Client, Connection } from '@temporalio/client';
import { NativeConnection, type Worker } from '@temporalio/worker';
import { warnOfShortRetention } from '../../bin/retention-warning.ts';
import { createDueErasures, erasureIdOf } from '../../client/erasures.ts';
import { takeReservation } from '../../client/intake.ts';
import { Conflict, UnknownReservation } from '../../client/refusals.ts';
import { createReservations, type Reservations } from '../../client/reservations.ts';
import { lastCall, retention } from '../../client/retention.ts';
import { ensureSearchAttributes } from '../../client/search-attributes.ts';
import { dataConverter } from '../../config/data-converter.ts';
import { createLogger } from '../../config/log.ts';
import { parseConfiguration } from '../../config/properties.ts';
import { HARBOUR_HOUSE } from '../../simulator/example-estate.ts';
import { createMailbox, type Mailbox } from '../../simulator/mailbox.ts';
import { createPhone, type Phone } from '../../simulator/phone.ts';
import { type DevServer, startDevServer } from '../../simulator/temporal.ts';
import { findTemporal, TEMPORAL_CLI } from '../../simulator/temporal-binary.ts';
import { bundleWorkflows } from '../../worker/bundle.ts';
import { activitiesOver } from '../../worker/services.ts';
import { createWorker } from '../../worker/worker.ts';
import { calm } from '../support/seam-fixture.ts';
import { openSeamWorkspace, type SeamWorkspace, WEBHOOK_SECRET } from '../support/seam-workspace.ts';
import { silenceTemporal } from '../support/silence.ts';
import { until } from '../support/until.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const deployment = 'latchkey';
const taskQueue = 'system-erasure';
const ACCOUNT = { accountSid: `AC${'0'.repeat(32)}`, authToken: 'token' };
const encryptionKeys = [{ id: 'k1', key: randomBytes(32) }];
const lines: string[] = [];

const { value: configuration } = parseConfiguration({
  file: 'test.yaml',
  text: `properties: { house: { timeZone: Europe/Lisbon, units: { "101": { entrances: [${HARBOUR_HOUSE.roomDoorIds['101']}] } } } }`,
});
assert.ok(configuration);

let server: DevServer;
let client: Client;
let native: NativeConnection;
let workspace: SeamWorkspace;
let phone: Phone;
let mailbox: Mailbox;
let reservations: Reservations;
let working: { readonly worker: Worker; readonly running: Promise<void> };

before(async () => {
  silenceTemporal();
  const { path } = await findTemporal({ program: TEMPORAL_CLI });
  [server, workspace, phone, mailbox] = await Promise.all([
    startDevServer({ binary: path, databaseFile: null }),
    openSeamWorkspace({ settings: { issuanceDelayMs: 0 } }),
    createPhone(ACCOUNT),
    createMailbox({}),
  ]);
  native = await NativeConnection.connect({ address: server.address });
  const connection = await Connection.connect({ address: server.address });
  await ensureSearchAttributes({ connection, namespace: server.namespace });
  client = new Client({ connection, namespace: server.namespace, dataConverter: dataConverter(encryptionKeys) });
  const context = { client, taskQueue, deployment, configuration };
  reservations = createReservations({ ...context, grantKeyOf: async () => null, grantsAt: async () => [], holdersOfCode: async () => [] });
  const activities = activitiesOver({
    ...context,
    seam: { apiKey: workspace.apiKey, endpoint: workspace.simulator.url, webhookSecrets: [WEBHOOK_SECRET] },
    mail: { smtpUrl: mailbox.url, from: 'stay@house.example' },
    sms: { ...ACCOUNT, sender: { from: '+15005550006' }, apiUrl: phone.url },
    encryptionKeys,
    publicUrl: null,
    localUrl: 'http://127.0.0.1:1',
    log: createLogger({ role: 'worker', level: 'info', stream: { write: (line) => void lines.push(line) } }),
  });
  const worker = await createWorker({
    connection: native,
    namespace: server.namespace,
    taskQueue,
    activities,
    dataConverter: dataConverter(encryptionKeys),
    workflowBundle: await bundleWorkflows(),
  });
  working = { worker, running: worker.run() };
});
after(async () => {
  working?.worker.shutdown();
  await working?.running;
  await native?.close();
  await client?.connection.close();
  await Promise.all([server?.stop(), workspace?.simulator.stop(), phone?.stop(), mailbox?.stop()]);
});

const at = (ms: number): string => new Date(Date.now() + ms).toISOString();

async function put(reservationId: string, fields: Record<string, unknown> = {}): Promise<void> {
  const body = {
    propertyId: 'house',
    version: 1,
    status: 'confirmed',
    arrival: at(HOUR),
    departure: at(2 * DAY),
    rooms: [{ id: '1', unitId: '101' }],
    guests: [{ id: 'g1', name: 'Ada Lovelace', email: 'ada@guests.example', phone: '+351912345678' }],
    ...fields,
  };
  const intake = takeReservation({ body, configuration: configuration ?? assert.fail(), now: Date.now() });
  assert.ok(intake.ok, JSON.stringify(intake));
  await reservations.put({ source: 'bars', reservationId, reservation: intake.reservation });
}

const view = (reservationId: string) => reservations.view({ source: 'bars', reservationId });
const reads = (reservationId: string, readiness: string) =>
  until(`${reservationId} ${readiness}`, async () => (await view(reservationId))?.readiness === readiness);
const act = (reservationId: string, action: 'erase' | 'revoke', idempotencyKey: string = action) =>
  reservations.act({ source: 'bars', reservationId, action: { action, idempotencyKey, by: 'desk', reason: 'asked by the guest' } });
const workflowIdOf = (reservationId: string): string => `${deployment}:bars:${reservationId}`;
const outcomeOf = (reservationId: string): Promise<unknown> =>
  client.workflow.getHandle(erasureIdOf({ deployment, workflowId: workflowIdOf(reservationId) })).result();

async function listed(): Promise<string> {
  const { executions } = await client.workflowService.listWorkflowExecutions({ namespace: server.namespace, query: '', pageSize: 1_000 });
  return JSON.stringify(executions);
}

test('an erased stay leaves nothing in Temporal, Seam and the phone, and one nameless line in the audit log', async () => {
  await put('R1');
  await reads('R1', 'ready');
  await put('R1', { version: 2, status: 'cancelled' });
  await reads('R1', 'closed');
  await put('R1', { version: 3 });
  await reads('R1', 'ready');
  await put('R1', { version: 4, status: 'cancelled' });
  await reads('R1', 'closed');
  const sent = phone.messages().length;
  assert.ok(sent >= 2);
  assert.deepEqual(await act('R1', 'erase'), { outcome: 'accepted' });
  assert.equal(await outcomeOf('R1'), 'erased');
  assert.equal(await view('R1'), null);
  assert.deepEqual(await workspace.seam.userIdentities.list(), []);
  assert.deepEqual(phone.messages(), []);
  assert.doesNotMatch(await listed(), /bars:R1/, 'also the run before the stay came back to life');
  const audit = lines.filter((line) => line.includes('"audit":true'));
  assert.equal(audit.length, 1);
  assert.match(audit[0] ?? '', /"by":"desk".*"identities":1,.*"unitId":"101"/);
  assert.doesNotMatch(lines.join(''), /Ada|guests\.example|351912|bars:R1"/);
  await assert.rejects(act('R1', 'erase', 'again'), UnknownReservation);
});

test('before its end a stay is not erased, and hears why; nor while a revoke can still be lifted', async () => {
  await put('R2', { arrival: at(3 * DAY), departure: at(4 * DAY) });
  await reads('R2', 'pending').catch(() => reads('R2', 'ready'));
  await assert.rejects(act('R2', 'erase'), (error) => error instanceof Conflict && /once it reads "closed"/.test(error.message));
  await act('R2', 'revoke');
  await reads('R2', 'closed');
  await assert.rejects(act('R2', 'erase', 'later'), (error) => error instanceof Conflict && /"release" brings it back/.test(error.message));
  assert.equal((await view('R2'))?.readiness, 'closed');
});

test('the Schedule starts what is due and nothing else, and an erasure is tried until Seam lets go', async () => {
  await put('R3');
  await reads('R3', 'ready');
  await put('R3', { version: 2, status: 'cancelled' });
  await reads('R3', 'closed');
  await until('R3 to have ended', async () => (await client.workflow.getHandle(workflowIdOf('R3')).describe()).status.name === 'COMPLETED');
  const due = (eraseAfter: number) =>
    createDueErasures({ context: { client, taskQueue, deployment, configuration: configuration ?? assert.fail() }, eraseAfter });
  assert.deepEqual(await due(30 * DAY).start(calm), { started: 0 });
  workspace.simulator.knobs.fault({ kind: 'refuse', path: '/user_identities/delete', status: 403 });
  // As if 180 days had passed: a stay that has not begun, or still runs, is left alone.
  await until('R3 to be found', async () => (await due(-180 * DAY).start(calm)).started === 1);
  assert.equal(await outcomeOf('R3'), 'erased');
  assert.doesNotMatch(await listed(), /bars:R3/);
  assert.ok(await view('R2'));
});

test('a namespace that forgets closed stays before their data is to go is a warning at the start, and their erasure comes before that', async () => {
  const log = createLogger({ role: 'worker', level: 'warn', stream: { write: (line) => void lines.push(line) } });
  const warnings = async (eraseAfter: number): Promise<readonly string[]> => {
    lines.length = 0;
    await warnOfShortRetention({ client, eraseAfter, log });
    return lines.filter((line) => line.includes('eraseAfterHours'));
  };
  const kept = await retention({ client });
  assert.deepEqual(await warnings(kept), []);
  assert.equal((await warnings(kept + 1)).length, 1);
  assert.deepEqual([lastCall(30 * DAY), lastCall(DAY)], [29 * DAY, 0.75 * DAY]);
});
