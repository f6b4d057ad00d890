import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { after, before, test } from 'node:test';
import { act } from '../../client/cli/act.ts';
import { book } from '../../client/cli/book.ts';
import { check } from '../../client/cli/check.ts';
import type { Command } from '../../client/cli/command.ts';
import { failureText, STATUS, statusOf } from '../../client/cli/failure.ts';
import { list } from '../../client/cli/list.ts';
import { show } from '../../client/cli/show.ts';
import { expectedRevision } from '../../client/running-stays.ts';
import { exampleFile, loadConfiguration } from '../../config/settings.ts';
import type { Variables } from '../../config/variables.ts';
import { EXAMPLE_ESTATE, HARBOUR_HOUSE } from '../../simulator/example-estate.ts';
import { createSeamSimulator } from '../../simulator/seam/simulator.ts';
import type { ReservationView } from '../../workflows/domain/view-types.ts';
import { freePort } from '../support/free-port.ts';
import { booking, type Serving, serve } from './serving.ts';

const LISTED = {
  source: 'pms',
  workflowId: 'w',
  propertyId: 'harbour-house',
  status: 'confirmed',
  readiness: 'ready',
  window: { startsAt: null, endsAt: null, timeZone: null },
  arrivalDate: null,
  unitIds: ['101'],
} as const;
const folder = mkdtempSync(join(tmpdir(), 'latchkey-cli-'));
const TOKENS = 'pms:pms-token-0123456789,operator:operator-token-0123456789';
let serving: Serving;
let env: Variables;
before(async () => {
  serving = await serve();
  env = { LATCHKEY_PORT: String(serving.port), LATCHKEY_DATA_DIR: folder, LATCHKEY_API_TOKENS: TOKENS };
});
after(async () => {
  await serving.close();
  rmSync(folder, { recursive: true });
});

interface Ended {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

async function run(command: Command, args: readonly string[], more: { env?: Variables; stdin?: string } = {}): Promise<Ended> {
  const out: string[] = [];
  const terminal = { env: { ...env, ...more.env }, print: (text: string) => void out.push(text), stdin: Readable.from([more.stdin ?? '']) };
  try {
    const status = await command.run({ ...terminal, args });
    return { status, out: out.join('\n'), err: '' };
  } catch (error) {
    return { status: statusOf(error), out: out.join('\n'), err: failureText(error) };
  }
}

/** What a terminal acts upon instead of showing it. */
const STEERS = /[^\P{Cc}\n]|[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/u;
const NASTY = 'Ada\u001b[2J\u009b31m\u202Eecalevol\u0007\r\nready http://evil.example';

const view: ReservationView = {
  key: 'mews-lisbon:R-1',
  source: 'mews-lisbon',
  reservationId: 'R-1',
  workflowId: 'latchkey:mews-lisbon:R-1',
  propertyId: 'harbour-house',
  version: NASTY,
  status: 'confirmed',
  readiness: 'blocked',
  reasons: [{ code: 'hold', text: NASTY, for: 'staff', deadline: null }],
  window: { startsAt: '2027-02-01T15:00:00.000Z', endsAt: '2027-02-04T12:30:00.000Z', timeZone: 'Europe/Lisbon' },
  guests: [{ id: 'g1', name: NASTY, told: 'none' }],
  access: [],
  messages: [],
  next: [],
  timeline: [{ at: '2027-01-01T00:00:00.000Z', what: 'booked', actor: 'pms', by: NASTY, detail: NASTY }],
};

test('text of a booking cannot steer the terminal or forge a line, and --json gives it back unchanged', async () => {
  serving.facade.view = async () => view;
  const shown = await run(show, ['mews-lisbon:R-1']);
  assert.equal(shown.status, STATUS.ok);
  assert.doesNotMatch(shown.out, STEERS);
  assert.doesNotMatch(shown.out, /^ready http/m);
  const asJson = await run(show, ['mews-lisbon:R-1', '--json']);
  assert.doesNotMatch(asJson.out, STEERS);
  assert.deepEqual(JSON.parse(asJson.out), view);
});

test('wrong arguments end with status 2 in words, and nothing is asked of the server', async () => {
  const asked = serving.asked.length;
  const wrong: readonly (readonly [Command, readonly string[]])[] = [
    [book, ['mews-lisbon:R-1']],
    [book, ['no-key', 'file.json']],
    [book, ['mews-lisbon:R-1', join(folder, 'missing.json')]],
    [show, []],
    [show, ['a/../b:R-1']],
    [act, ['mews-lisbon:R-1']],
    [act, ['mews-lisbon:R-1', '../revoke']],
    [act, ['mews-lisbon:R-1', 'revoke', 'reason']],
    [list, ['--colour', 'red']],
    [check, ['everything']],
  ];
  for (const [command, args] of wrong) {
    const { status, err } = await run(command, args);
    assert.equal(status, STATUS.usage, `${command.name} ${args.join(' ')}`);
    assert.match(err, /latchkey --help/);
  }
  assert.equal((await run(book, ['mews-lisbon:R-1', '-'], { stdin: '{' })).status, STATUS.usage);
  assert.equal(serving.asked.length, asked);
});

test('what the server refuses is told with every invalid field, by status 1', async () => {
  const { status, err } = await run(book, ['mews-lisbon:R-1', '-'], {
    stdin: JSON.stringify({ ...booking(), status: 'maybe', version: 'x' }),
  });
  assert.equal(status, STATUS.refused);
  assert.match(err, /^ {2}status: /m);
  assert.match(err, /^ {2}version: /m);
});

test('a booking from standard input and an action with its reason and key reach the reservation', async () => {
  serving.facade.act = async () => ({ outcome: 'accepted' });
  const booked = await run(book, ['mews-lisbon:R-7', '-'], { stdin: JSON.stringify(booking()) });
  assert.deepEqual(booked, { status: STATUS.ok, out: 'mews-lisbon:R-7: accepted', err: '' });
  const args = ['mews-lisbon:R-7', 'revoke', 'reason=left = early', '--idempotency-key', 'once'];
  const acted = await run(act, args);
  assert.equal(acted.out, 'mews-lisbon:R-7 revoke: accepted');
  const [put, action] = serving.asked.slice(-2);
  assert.equal(put?.method, 'put');
  const asked = Object.entries(action?.input ?? {}).find(([name]) => name === 'action')?.[1];
  assert.deepEqual(asked, { action: 'revoke', idempotencyKey: 'once', by: 'operator', reason: 'left = early' });
});

test('without a token, without a server: a sentence that says what to set, and no stack', async () => {
  const tokenless = await run(act, ['mews-lisbon:R-1', 'revoke'], { env: { LATCHKEY_API_TOKENS: 'pms:pms-token-0123456789' } });
  assert.equal(tokenless.status, STATUS.usage);
  assert.match(tokenless.err, /operator.*LATCHKEY_TOKEN/);
  const alone = await run(list, [], { env: { LATCHKEY_PORT: String(await freePort()) } });
  assert.equal(alone.status, STATUS.refused);
  assert.match(alone.err, /^No server answers at http:\/\/127\.0\.0\.1:\d+ \(ECONNREFUSED\).*LATCHKEY_PORT/);
  assert.doesNotMatch(alone.err, /\n\s+at /);
});

test('check --diff lists every stay that follows another configuration than the file, over all pages, and what it would lose', async () => {
  const file = join(folder, 'next.yaml');
  const units = '{ "101": { entrances: [e1] }, "102": {} }';
  writeFileSync(file, `properties: { harbour-house: { timeZone: Europe/Lisbon, units: ${units} } }`);
  const configuration = loadConfiguration(file);
  const follows = expectedRevision({ configuration, stay: { propertyId: 'harbour-house', unitIds: ['101'] } });
  const stay = (id: string, change: object = {}) => ({ ...LISTED, key: `pms:${id}`, reservationId: id, configuration: follows, ...change });
  const pages = [
    [stay('same'), stay('moved', { configuration: 'before' }), stay('over', { readiness: 'closed', configuration: 'before' })],
    [stay('no-door', { unitIds: ['102'] }), stay('no-unit', { unitIds: ['9'] }), stay('gone', { propertyId: 'hill-house' })],
  ];
  serving.facade.list = async ({ cursor }) => ({
    reservations: pages[cursor === null ? 0 : 1] ?? [],
    nextCursor: cursor === null ? 'two' : null,
  });
  const { out } = await run(check, ['--diff', '--json'], { env: { LATCHKEY_CONFIG: file } });
  const { touched } = JSON.parse(out);
  assert.deepEqual(
    touched.map(({ key, what }: { key: string; what: string }) => [key, what]),
    [
      ['pms:moved', 'changed'],
      ['pms:no-door', 'units_gone'],
      ['pms:no-unit', 'units_gone'],
      ['pms:gone', 'property_gone'],
    ],
  );
  assert.match((await run(check, ['--diff'], { env: { LATCHKEY_CONFIG: file } })).out, /It would touch 4 stays\./);
});

test('check names each door that Seam does not have or that does not open by its mode, and passes the example', async () => {
  const webhookSecret = `whsec_${Buffer.alloc(24, 1).toString('base64')}`;
  const simulator = await createSeamSimulator({ apiKey: 'seam_test_check', webhookSecret, estate: EXAMPLE_ESTATE });
  const seam = { SEAM_API_KEY: 'seam_test_check', SEAM_WEBHOOK_SECRET: webhookSecret, SEAM_ENDPOINT: simulator.url };
  const file = join(folder, 'latchkey.yaml');
  const units = `{ "101": { entrances: [${HARBOUR_HOUSE.roomDoorIds['101']}] }, "9": { entrances: [gone], devices: [8e2f6b14-7a53-4c09-8d21-1f2e3d4c5b60] } }`;
  writeFileSync(file, `properties:\n  house: { timeZone: Europe/Lisbon, access: { modes: [code, mobile_key] }, units: ${units} }\n`);
  try {
    const example = await run(check, [], { env: { ...seam, LATCHKEY_CONFIG: exampleFile } });
    assert.equal(example.status, STATUS.ok, example.out);
    const wrong = await run(check, ['--json'], { env: { ...seam, LATCHKEY_CONFIG: file } });
    assert.equal(wrong.status, STATUS.refused);
    assert.deepEqual(JSON.parse(wrong.out).problems, [
      { where: 'house unit 9', what: 'entrance gone is not in this Seam workspace' },
      { where: 'house unit 9', what: 'device 8e2f6b14-7a53-4c09-8d21-1f2e3d4c5b60 does not open by mobile_key' },
    ]);
  } finally {
    await simulator.stop();
  }
});
