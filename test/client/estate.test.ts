import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readEstate } from '../../client/cli/estate/estate.ts';
import { startScriptedServer } from '../support/scripted-server.ts';

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
