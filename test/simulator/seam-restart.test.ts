import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { HARBOUR_HOUSE } from '../../simulator/example-estate.ts';
import { inHours, openSeamWorkspace } from '../support/seam-workspace.ts';
import { until } from '../support/until.ts';

const DOORS = { acs_entrance_ids: [HARBOUR_HOUSE.streetDoorId], requested_access_methods: [{ mode: 'code' as const }] };

/** Everything that a first run of the simulator has done and left open. */
async function firstRun(file: string) {
  await using run = await openSeamWorkspace({ file });
  const issued = await run.seam.accessGrants.create({ user_identity: { full_name: 'Ada' }, access_grant_key: 'g-1', ...DOORS });
  const code = await until('issued', async () => (await run.seam.accessMethods.list({ access_grant_key: 'g-1' }))[0]?.code);
  await until('written while it runs, for a kill', async () => (await readFile(file, 'utf8').catch(() => '')).includes(code));
  run.simulator.knobs.set({ issuanceDelayMs: 100 });
  const ends_at = new Date(Date.now() + 400).toISOString();
  const pending = await run.seam.accessGrants.create({ user_identity: {}, access_grant_key: 'g-2', ends_at, ...DOORS });
  return { issued, pending, code, events: await run.seam.events.list({ since: inHours(-1) }) };
}

test('a restart loses nothing: keys, codes, events, and what was still to be done', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-seam-'));
  t.after(() => rm(folder, { recursive: true }));
  const file = join(folder, 'data', 'seam.json');
  const { issued, pending, code, events } = await firstRun(file);
  await using run = await openSeamWorkspace({ file });
  const { seam } = run;
  const { access_grant_id, user_identity_id } = await seam.accessGrants.get({ access_grant_key: 'g-1' });
  assert.deepEqual([access_grant_id, user_identity_id], [issued.access_grant_id, issued.user_identity_id]);
  assert.equal((await seam.accessMethods.list({ access_grant_id }))[0]?.code, code);
  assert.deepEqual((await seam.events.list({ since: inHours(-1) })).slice(0, events.length), events);
  const typesOfPending = async () =>
    (await seam.events.list({ since: inHours(-1), access_grant_ids: [pending.access_grant_id] })).map((event) => event.event_type);
  await until('issued after the restart', async () => (await typesOfPending()).includes('access_method.issued'));
  await until('ended after the restart', async () => (await typesOfPending()).includes('access_method.deleted'));
});
