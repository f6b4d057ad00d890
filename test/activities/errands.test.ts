/** Deeds at doors and encoders, over the Seam simulator by HTTP: what reaches Seam, how often, and what is made of its answers. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setImmediate as soon } from 'node:timers/promises';
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { createSeamErrands } from '../../activities/adapters/seam/errands.ts';
import { createErrandActivities, type ErrandDeps } from '../../activities/errands.ts';
import { CASA_DO_MONTE, HARBOUR_HOUSE } from '../../simulator/example-estate.ts';
import type { Attempt, Deed } from '../../workflows/domain/errand.ts';
import type { Mode } from '../../workflows/domain/property.ts';
import { type Reply, startScriptedServer } from '../support/scripted-server.ts';
import { calm, grantRequest, type SeamFixture, startSeam } from '../support/seam-fixture.ts';
import { until } from '../support/until.ts';

const ROOM = HARBOUR_HOUSE.roomDoorIds['101'];
const MINUTE = 60_000;
const apiKey = 'seam_test_simulator';

let fixture: SeamFixture;
before(async () => {
  fixture = await startSeam();
});
after(() => fixture.seam.stop());

function activitiesAt(endpoint: string, change: Partial<ErrandDeps> = {}) {
  const { sendErrand, followErrand } = createErrandActivities({
    errands: createSeamErrands({ apiKey, endpoint }),
    now: Date.now,
    pause: () => soon(),
    ...change,
  });
  const run = <I>(activity: (input: I) => Promise<Attempt>, input: I): Promise<Attempt> =>
    new MockActivityEnvironment({}, { logger: new DefaultLogger('ERROR') }).run(activity, input);
  return {
    send: (deed: Deed, deadline: number | null = null) => run(sendErrand, { deed, provider: 'grants', deadline }),
    sendToSystem: (deed: Deed) => run(sendErrand, { deed, provider: 'acs', deadline: null }),
    follow: ({ actionAttemptId }: Attempt, lookFor = MINUTE) => run(followErrand, { actionAttemptId: actionAttemptId ?? '', lookFor }),
  };
}

/** The method of this mode for room 101, once it is as far as Seam brings it. */
async function methodOf(mode: Mode): Promise<string> {
  const { access } = fixture;
  const request = grantRequest({ grantKey: `${mode}-${Math.random()}`, modes: [mode] });
  await access.grant(request, calm);
  const read = () => access.read({ grantKey: request.grantKey, fingerprintKeyId: null }, calm);
  const waiting = await until('a method', async () => (await read()).methods.find((method) => method.state !== 'pending'));
  return waiting.accessMethodId;
}

test('an entrance is unlocked by the cloud key, a plain device without one; only what the device confirmed is confirmed', async () => {
  const { send, follow } = activitiesAt(fixture.seam.url);
  const door: Deed = { kind: 'unlock', doorId: ROOM, accessMethodId: await methodOf('cloud_key') };
  for (const deed of [door, { kind: 'unlock', doorId: CASA_DO_MONTE.keypadId, accessMethodId: null } as const]) {
    const sent = await send(deed, Date.now() + MINUTE);
    assert.equal(sent.state, 'sent');
    assert.deepEqual(await follow(sent), { ...sent, state: 'confirmed' });
  }
  fixture.seam.knobs.set({ unlocksConfirmed: false });
  assert.equal((await follow(await send(door))).state, 'requested');
  fixture.seam.knobs.set({ unlocksConfirmed: true, unlockError: 'lock_jammed' });
  const failed = await follow(await send(door));
  fixture.seam.knobs.set({ unlockError: null });
  assert.deepEqual([failed.state, failed.code], ['failed', 'lock_jammed']);
});

test('a device says whether it can be unlocked from afar', async () => {
  const doors = { entrances: [], devices: [CASA_DO_MONTE.keypadId, CASA_DO_MONTE.gateId], spaces: [], spaceKeys: [] };
  const reading = await fixture.access.grant(grantRequest({ grantKey: 'villa', doors }), calm);
  assert.deepEqual(
    reading.doors.map(({ id, unlocksRemotely }) => [id, unlocksRemotely]),
    [
      [CASA_DO_MONTE.keypadId, true],
      [CASA_DO_MONTE.gateId, undefined],
    ],
  );
});

test('a card is written by the encoder that was chosen, or assigned by its number; an error keeps Seam’s code', async () => {
  const { send, follow } = activitiesAt(fixture.seam.url);
  const { knobs } = fixture.seam;
  const encode = async (): Promise<Deed> => ({
    kind: 'encode',
    accessMethodId: await methodOf('card'),
    encoderId: HARBOUR_HOUSE.encoderId,
  });
  const deed = await encode();
  knobs.set({ encodingError: 'no_credential_on_encoder' });
  const failed = await follow(await send(deed));
  assert.deepEqual([failed.state, failed.code], ['failed', 'no_credential_on_encoder']);
  knobs.set({ encodingError: null });
  assert.equal((await follow(await send(deed))).state, 'confirmed');
  await assert.rejects(send(deed), { type: 'SeamRejected' });
  knobs.set({ cardsBy: 'assignment' });
  const assign: Deed = { kind: 'assign', accessMethodId: await methodOf('card'), cardNumber: '0049117' };
  assert.equal((await follow(await send(assign))).state, 'confirmed');
  knobs.set({ cardsBy: 'encoding' });
  await assert.rejects(send({ ...(await encode()), encoderId: CASA_DO_MONTE.gateId } as Deed), { type: 'SeamNotFound' });
});

test('what is asked for too late never reaches Seam', async () => {
  const server = await startScriptedServer();
  const { send } = activitiesAt(server.url, { now: () => 10_001 });
  await assert.rejects(send({ kind: 'unlock', doorId: ROOM, accessMethodId: null }, 10_000), { type: 'TooLate', nonRetryable: true });
  assert.deepEqual(server.calls, []);
  await server.stop();
});

test('a lost, refused or unreadable answer costs one request and no more, whatever it is', async () => {
  const server = await startScriptedServer();
  const { send } = activitiesAt(server.url);
  const replies: readonly [Reply, string][] = [
    [{ cut: true }, 'SeamUnavailable'],
    [{ status: 503, body: 'busy' }, 'SeamUnavailable'],
    [
      { status: 429, body: { error: { type: 'rate_limited', message: '' }, ok: false }, headers: { 'retry-after': '1' } },
      'SeamRateLimited',
    ],
    [{ status: 400, body: { error: { type: 'invalid_input', message: '' }, ok: false } }, 'SeamRejected'],
    [{ body: { action_attempt: { status: 'dancing' } } }, 'SeamUnreadable'],
  ];
  for (const [reply, type] of replies) {
    server.calls.length = 0;
    server.script({ '/access_methods/unlock_door': [reply] });
    await assert.rejects(send({ kind: 'unlock', doorId: ROOM, accessMethodId: 'm1' }), { type });
    assert.deepEqual(server.calls, ['POST /access_methods/unlock_door']);
  }
  await server.stop();
});

test('following ends when its time is over, and words that are no code of Seam’s never pass', async () => {
  const server = await startScriptedServer();
  const attempt = (change: object): Reply => ({
    body: { action_attempt: { action_attempt_id: 'a1', action_type: 'UNLOCK_DOOR', ...change } },
  });
  let now = 0;
  const { follow } = activitiesAt(server.url, { now: () => now, pause: async (ms) => void (now += ms) });
  const sent: Attempt = { actionAttemptId: 'a1', state: 'sent', code: null };
  server.script({ '/action_attempts/get': [attempt({ status: 'pending' })] });
  assert.deepEqual(await follow(sent, 15_000), sent);
  assert.equal(server.calls.length, 15);
  server.script({ '/action_attempts/get': [attempt({ status: 'error', error: { type: 'the door of Ada Lovelace', message: '' } })] });
  assert.deepEqual(await follow(sent), { ...sent, state: 'failed' });
  await server.stop();
});

test('what an access system’s own API made is used by that API: its methods are credentials there', async () => {
  const server = await startScriptedServer();
  const { sendToSystem } = activitiesAt(server.url);
  const attempt = { action_attempt_id: 'a1', action_type: 'UNLOCK_DOOR', status: 'success', result: { was_confirmed_by_device: true } };
  server.script({
    '/acs/entrances/unlock': [{ body: { action_attempt: attempt } }],
    '/acs/encoders/encode_credential': [{ body: { action_attempt: { ...attempt, action_type: 'ENCODE_CREDENTIAL' } } }],
  });
  assert.equal((await sendToSystem({ kind: 'unlock', doorId: ROOM, accessMethodId: 'c1' })).state, 'confirmed');
  assert.equal((await sendToSystem({ kind: 'encode', accessMethodId: 'c1', encoderId: 'e1' })).state, 'confirmed');
  assert.deepEqual(server.bodies, [
    { acs_credential_id: 'c1', acs_entrance_id: ROOM },
    { acs_credential_id: 'c1', acs_encoder_id: 'e1' },
  ]);
  await server.stop();
});

test('several cards of one grant are several methods: one is written while the others wait, and a revocation takes them all', async () => {
  const { send, follow } = activitiesAt(fixture.seam.url);
  const request = grantRequest({ grantKey: 'three-cards', modes: ['card'], cards: 3 });
  await fixture.access.grant(request, calm);
  const read = () => fixture.access.read({ grantKey: request.grantKey, fingerprintKeyId: null }, calm);
  const cards = await until('three cards', async () => {
    const { methods } = await read();
    return methods.length === 3 && methods.every(({ state }) => state === 'encoding_required') && methods;
  });
  const [encoder] = await fixture.api.acs.encoders.list();
  const written = cards[1]?.accessMethodId ?? '';
  await follow(await send({ kind: 'encode', accessMethodId: written, encoderId: encoder?.acs_encoder_id ?? '' }));
  const after = await read();
  assert.deepEqual(
    after.methods.map(({ accessMethodId, state }) => [accessMethodId, state]),
    cards.map(({ accessMethodId }) => [accessMethodId, accessMethodId === written ? 'issued' : 'encoding_required']),
  );
  const { accessGrantId } = after;
  const accessMethodIds = cards.map(({ accessMethodId }) => accessMethodId);
  await until('gone', async () => (await fixture.access.revoke({ grantKey: request.grantKey, accessGrantId, accessMethodIds }, calm)).gone);
  assert.deepEqual((await fixture.api.accessMethods.list({ access_grant_id: accessGrantId ?? '' }).catch(() => [])).length, 0);
});
