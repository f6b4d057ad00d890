/** The commands of the set-up, over HTTP against the simulator. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { after, before, test } from 'node:test';
import { parse } from 'yaml';
import { z } from 'zod';
import { check } from '../../client/cli/check.ts';
import type { Command } from '../../client/cli/command.ts';
import { connect } from '../../client/cli/connect.ts';
import { doors } from '../../client/cli/doors.ts';
import { readEstate } from '../../client/cli/estate/estate.ts';
import { failureText, STATUS, statusOf } from '../../client/cli/failure.ts';
import { spaces } from '../../client/cli/spaces.ts';
import type { Variables } from '../../config/variables.ts';
import { CASA_DO_MONTE, EXAMPLE_ESTATE, HARBOUR_HOUSE } from '../../simulator/example-estate.ts';
import { startScriptedServer } from '../support/scripted-server.ts';
import { openSeamWorkspace, type SeamWorkspace, WEBHOOK_SECRET } from '../support/seam-workspace.ts';

const ROOM = HARBOUR_HOUSE.roomDoorIds['101'];
const [system] = EXAMPLE_ESTATE.systems;
const estate = { ...EXAMPLE_ESTATE, encoders: [], systems: system === undefined ? [] : [{ ...system, type: 'visionline_system' }] };
const folder = mkdtempSync(join(tmpdir(), 'latchkey-set-up-'));
let workspace: SeamWorkspace;
let env: Variables;
before(async () => {
  workspace = await openSeamWorkspace({ estate });
  env = { SEAM_API_KEY: workspace.apiKey, SEAM_ENDPOINT: workspace.simulator.url, LATCHKEY_DATA_DIR: folder };
});
after(async () => {
  await workspace[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

function configured(yaml: string): Variables {
  const file = join(folder, 'latchkey.yaml');
  writeFileSync(file, yaml);
  return { ...env, LATCHKEY_CONFIG: file, SEAM_WEBHOOK_SECRET: WEBHOOK_SECRET };
}

async function run(command: Command, args: readonly string[], variables: Variables = env) {
  const out: string[] = [];
  try {
    const status = await command.run({ env: variables, args, print: (text) => void out.push(text), stdin: Readable.from(['']) });
    return { status, out: out.join('\n'), err: '' };
  } catch (error) {
    return { status: statusOf(error), out: out.join('\n'), err: failureText(error) };
  }
}

test('doors needs an API key only, shows what each door can do, and its block is a configuration that check finds no door missing in', async () => {
  const { status, out } = await run(doors, []);
  assert.equal(status, STATUS.ok);
  assert.match(out, new RegExp(`Room 101 +${ROOM} +code, card, mobile_key, cloud_key`));
  assert.match(out, /Villa door +\S+ +code, cloud_key/);
  const block = out.slice(out.indexOf('units:'));
  const { units } = parse(block);
  assert.deepEqual(units['101'], { entrances: [ROOM] });
  assert.deepEqual(units.Villa, { spaceKeys: [CASA_DO_MONTE.spaceKey] });
  assert.equal(units['Garden gate'], undefined, 'a door of a space is in its unit');
  const indented = block.replaceAll('\n', '\n    ');
  const checked = await run(check, ['--json'], configured(`properties:\n  house:\n    timeZone: Europe/Lisbon\n    ${indented}\n`));
  assert.deepEqual(JSON.parse(checked.out).problems, []);
  const asJson = JSON.parse((await run(doors, ['--json'])).out);
  assert.deepEqual([asJson.doors.length, asJson.systems.length, asJson.units], [7, 1, block]);
});

test('without a workspace: what to set, by status 2; with one that is away, that it was not reached', async () => {
  const nobody = await run(doors, [], { LATCHKEY_DATA_DIR: folder });
  assert.equal(nobody.status, STATUS.usage);
  assert.match(nobody.err, /SEAM_API_KEY.*npm start/);
  const wrong = await run(doors, [], { ...env, SEAM_API_KEY: 'seam_test_other' });
  assert.equal(wrong.status, STATUS.refused);
  assert.match(wrong.err, /Seam refused our API key/);
});

test('connect prints a link to sign in on', async () => {
  const { status, out } = await run(connect, ['--category', 'access_control_systems']);
  assert.equal(status, STATUS.ok);
  assert.match(out, /^https:\/\/connect\.getseam\.com\/connect_webviews\/view\?connect_webview_id=\S+\n/);
  assert.equal((await run(connect, ['--category', 'kettles'])).status, STATUS.usage);
});

test('connect --json gives the link and its id, for a screen of the house’s own to embed', async () => {
  const { status, out } = await run(connect, ['--json']);
  assert.equal(status, STATUS.ok);
  const made = z.object({ id: z.string(), url: z.url() }).parse(JSON.parse(out));
  assert.equal((await workspace.seam.connectWebviews.get({ connect_webview_id: made.id })).url, made.url);
});

test('spaces shows first, makes on --apply, finds nothing to do again, and follows the file; a space named by a person loses no door', async () => {
  const units = (gate: string) => `{ "101": { entrances: [${ROOM}]${gate} }, villa: { spaceKeys: [${CASA_DO_MONTE.spaceKey}] } }`;
  const house = (gate = '') => configured(`properties: { house: { name: House, timeZone: Europe/Lisbon, units: ${units(gate)} } }`);
  const shown = await run(spaces, [], house());
  assert.match(shown.out, /^make house\/101 \(House 101\): \+ Room 101$/m);
  assert.match(shown.out, /Nothing was changed/);
  assert.equal((await workspace.seam.spaces.list({ space_key: 'house/101' })).length, 0);
  await run(spaces, ['--apply'], house());
  assert.equal((await run(spaces, ['--apply'], house())).out, '2 spaces are as they should be.');
  assert.equal((await workspace.seam.spaces.list({ space_key: 'house/101' })).length, 1);
  const moved = await run(spaces, ['--apply'], house(`, devices: [${CASA_DO_MONTE.gateId}]`));
  assert.match(moved.out, /^change house\/101 \(House 101\): \+ Garden gate$/m);
  assert.match((await run(spaces, ['--apply'], house())).out, /^change house\/101 \(House 101\): - Garden gate$/m);
  const { device_count } = await workspace.seam.spaces.get({ space_key: CASA_DO_MONTE.spaceKey });
  assert.equal(device_count, 2);
});

test('spaces and check name what the workspace lacks: doors, systems, encoders, hours, and events that nobody hears of', async () => {
  const access = `{ modes: [card], provider: acs, acs: { systemId: ${CASA_DO_MONTE.spaceId} } }`;
  const variables = configured(
    `properties: { house: { timeZone: Asia/Tokyo, access: ${access}, units: { "101": { entrances: [${ROOM}] }, "9": { entrances: [gone] } } } }`,
  );
  const planned = await run(spaces, [], variables);
  assert.equal(planned.status, STATUS.refused);
  assert.match(planned.out, /^! house unit 9: gone is not in this Seam workspace$/m);
  const { webhook_id } = await workspace.seam.webhooks.create({
    url: 'https://stay.harbour.example/webhooks/seam',
    event_types: ['access_method.issued'],
  });
  const checked = await run(check, ['--json'], { ...variables, LATCHKEY_PUBLIC_URL: 'https://stay.harbour.example' });
  assert.equal(checked.status, STATUS.refused);
  const { problems, notes } = JSON.parse(checked.out);
  const said = [...problems, ...notes].map(({ where, what }: { where: string; what: string }) => `${where}: ${what}`).join('\n');
  for (const expected of [
    /unit 9: entrance gone is not in this Seam workspace/,
    /house: cards are asked for, and access system Harbour House \(\S+\) has no encoder/,
    /house: Room 101 keeps Europe\/Lisbon, and the property Asia\/Tokyo/,
    /house: access system \S+ is not in this Seam workspace/,
    /house: entrance Room 101 \(\S+\) belongs to another access system/,
    /webhook: it is not subscribed to .*acs_credential\.issued/,
  ])
    assert.match(said, expected);
  assert.deepEqual(
    notes.map(({ where }: { where: string }) => where),
    ['webhook'],
  );
  await workspace.seam.webhooks.delete({ webhook_id });
  const untold = await run(check, ['--json'], { ...variables, LATCHKEY_PUBLIC_URL: 'https://stay.harbour.example' });
  assert.match(untold.out, /Seam has none at https:\/\/stay\.harbour\.example\/webhooks\/seam/);
});

test('a lock without a keypad is shown with the ways that it opens, whatever it says of being programmed', async () => {
  const server = await startScriptedServer();
  const lock = (id: string, can_unlock_with_code?: boolean) => ({
    device_id: id,
    display_name: id,
    can_program_online_access_codes: true,
    can_remotely_unlock: true,
    errors: [],
    ...(can_unlock_with_code === undefined ? {} : { can_unlock_with_code }),
  });
  const lists = { acs_systems: '/acs/systems', acs_entrances: '/acs/entrances', spaces: '/spaces', acs_encoders: '/acs/encoders' };
  const pagination = { has_next_page: false, next_page_cursor: null, next_page_url: null };
  const empty = Object.entries(lists).map(([name, path]) => [`${path}/list`, [{ body: { [name]: [], pagination } }]] as const);
  const devices = [lock('keypad', true), lock('unsaid'), lock('bare', false)];
  server.script({ ...Object.fromEntries(empty), '/devices/list': [{ body: { devices, pagination } }] });
  const { doors: shown } = await readEstate({ apiKey: 'seam_test_1', endpoint: server.url });
  assert.deepEqual(
    shown.map(({ id, opensBy }) => [id, opensBy]),
    [
      ['keypad', ['code', 'cloud_key']],
      ['unsaid', ['code', 'cloud_key']],
      ['bare', ['cloud_key']],
    ],
  );
  await server.stop();
});
