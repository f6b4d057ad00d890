import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Reply, startScriptedServer } from '../support/scripted-server.ts';
import { adapterFor, calm, grantRequest, type SeamFixture, startSeam } from '../support/seam-fixture.ts';
import { until } from '../support/until.ts';

let fixture: SeamFixture;
before(async () => {
  fixture = await startSeam();
});
after(() => fixture.seam.stop());

async function makeGrant(grantKey: string) {
  const reading = await fixture.access.grant(grantRequest({ grantKey, modes: ['code', 'mobile_key'] }), calm);
  return { grantKey, accessGrantId: reading.accessGrantId, accessMethodIds: reading.methods.map((method) => method.accessMethodId) };
}

const isKnown = (accessMethodId: string): Promise<boolean> =>
  fixture.api.accessMethods.get({ access_method_id: accessMethodId }).then(
    () => true,
    () => false,
  );

test('a grant is gone only when a read after the delete shows neither it nor any of its methods', async () => {
  const request = await makeGrant('plain');
  assert.deepEqual(await fixture.access.revoke(request, calm), { gone: true });
  assert.equal((await fixture.access.read({ grantKey: 'plain', fingerprintKeyId: null }, calm)).found, false);
  assert.deepEqual(await Promise.all(request.accessMethodIds.map(isKnown)), [false, false]);
  assert.deepEqual(await fixture.access.revoke(request, calm), { gone: true }, 'and stays so');
});

test('a grant that was never read is found by its key, and nothing of it is deleted before its methods are known for good', async () => {
  fixture.seam.knobs.fault({ kind: 'lose', path: '/access_grants/create' });
  await assert.rejects(fixture.access.grant(grantRequest({ grantKey: 'unlearnt' }), calm));
  const unread = { grantKey: 'unlearnt', accessGrantId: null, accessMethodIds: [] };
  fixture.seam.knobs.set({ deletesDoNotTake: true });
  const [grant] = await fixture.api.accessGrants.list({ access_grant_key: 'unlearnt' });
  const learnt = { accessGrantId: grant?.access_grant_id ?? '', accessMethodIds: grant?.access_method_ids ?? [] };
  assert.equal(learnt.accessMethodIds.length, 1);
  for (let lost = 0; lost < 2; lost += 1) assert.deepEqual(await fixture.access.revoke(unread, calm), { gone: false, learnt });
  const known = { ...unread, ...learnt };
  for (let tries = 0; tries < 2; tries += 1) assert.deepEqual(await fixture.access.revoke(known, calm), { gone: false });
  assert.deepEqual(await fixture.api.accessGrants.list({ access_grant_key: 'unlearnt' }), [], 'the grant is gone, its method is not');
  fixture.seam.knobs.set({ deletesDoNotTake: false });
  assert.deepEqual(await fixture.access.revoke(known, calm), { gone: true });
  assert.deepEqual(await Promise.all(learnt.accessMethodIds.map(isKnown)), [false]);
});

test('a grant that is still being deleted is not gone', async () => {
  const request = await makeGrant('slow');
  fixture.seam.knobs.set({ deleteDelayMs: 60 });
  assert.deepEqual(await fixture.access.revoke(request, calm), { gone: false });
  assert.equal((await fixture.access.read({ grantKey: 'slow', fingerprintKeyId: null }, calm)).beingDeleted, true);
  await until('the grant to be gone', async () => (await fixture.access.revoke(request, calm)).gone);
  fixture.seam.knobs.set({ deleteDelayMs: 0 });
});

test('a grant that can still be read is not gone, even with all of its methods gone', async () => {
  const server = await startScriptedServer();
  const access_grant = { access_grant_id: 'g1', starts_at: '2026-12-01T15:00:00Z', warnings: [{ warning_code: 'being_deleted' }] };
  server.script({ '/access_grants/get': [{ body: { access_grant } }], '/access_grants/delete': [{ body: { ok: true } }] });
  const request = { grantKey: 'g', accessGrantId: 'g1', accessMethodIds: ['m1'] };
  assert.deepEqual(await adapterFor(server.url).revoke(request, calm), { gone: false });
  await server.stop();
});

test('methods that outlive their grant are found, named to Seam one by one, and keep the grant from counting as gone', async () => {
  const request = await makeGrant('survivors');
  fixture.seam.knobs.set({ deletesDoNotTake: true });
  assert.deepEqual(await fixture.access.revoke(request, calm), { gone: false });
  fixture.seam.knobs.set({ deletesDoNotTake: false });
  assert.deepEqual(await Promise.all(request.accessMethodIds.map(isKnown)), [true, true]);
  assert.deepEqual(await fixture.access.revoke(request, calm), { gone: true });
  assert.deepEqual(await Promise.all(request.accessMethodIds.map(isKnown)), [false, false]);
});

test('a method that Seam also uses for another grant of the guest is left alone', async () => {
  const server = await startScriptedServer();
  const owners = (...ids: readonly string[]): Reply => ({ body: { batch: { access_grants: ids.map((id) => ({ access_grant_id: id })) } } });
  const method: Reply = { body: { access_method: { access_method_id: 'm1', mode: 'code', is_issued: true, code: '123456' } } };
  const request = { grantKey: 'g', accessGrantId: 'g1', accessMethodIds: ['m1'] };
  server.script({ '/access_methods/get': [method], '/access_methods/get_related': [owners('g2')] });
  assert.deepEqual(await adapterFor(server.url).revoke(request, calm), { gone: true });
  server.script({
    '/access_methods/get': [method],
    '/access_methods/get_related': [owners('g1')],
    '/access_methods/delete': [{ body: { ok: true } }],
  });
  assert.deepEqual(await adapterFor(server.url).revoke(request, calm), { gone: false });
  assert.equal(server.calls.filter((call) => call === 'DELETE /access_methods/delete').length, 1);
  await server.stop();
});

test('a delete that Seam cannot carry out, or whose proof cannot be read, is a failure and no success', async () => {
  const request = await makeGrant('broken');
  fixture.seam.knobs.fault({ kind: 'refuse', path: '/access_grants/delete', status: 500 });
  await assert.rejects(fixture.access.revoke(request, calm), { type: 'SeamUnavailable' });
  fixture.seam.knobs.fault({ kind: 'cut', path: '/access_methods/get' });
  await assert.rejects(fixture.access.revoke(request, calm), { type: 'SeamUnavailable' });
  assert.deepEqual(await fixture.access.revoke(request, calm), { gone: true });
});
