/** The adapter of single locks' codes over the simulator, every answer of which is held against Seam's OpenAPI. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ApplicationFailure } from '@temporalio/common';
import { createCodesAdapter } from '../../activities/adapters/seam-codes/adapter.ts';
import { createCodeList } from '../../activities/adapters/seam-codes/listing.ts';
import type { CodeChoice } from '../../activities/code-choice.ts';
import type { GrantRequest } from '../../activities/ports.ts';
import { CASA_DO_MONTE, EXAMPLE_ESTATE, HARBOUR_HOUSE } from '../../simulator/example-estate.ts';
import type { Estate } from '../../simulator/seam/estate.ts';
import type { Settings } from '../../simulator/seam/settings.ts';
import type { AccessReading } from '../../workflows/domain/access.ts';
import type { LowLevelAccess } from '../../workflows/domain/low-level.ts';
import { calm, fingerprints, grantRequest } from '../support/seam-fixture.ts';
import { openSeamWorkspace } from '../support/seam-workspace.ts';
import { until } from '../support/until.ts';

const HOUR = 3_600_000;
const { keypadId: DOOR, gateId: GATE, spaceId: VILLA } = CASA_DO_MONTE;
const estate = {
  ...EXAMPLE_ESTATE,
  devices: EXAMPLE_ESTATE.devices.map((device) => ({ ...device, hasBackupPool: device.deviceId === DOOR })),
};
const NOWHERE = { entrances: [], devices: [], spaces: [], spaceKeys: [] } as const;

type Request = GrantRequest & { readonly lowLevel: LowLevelAccess };

function request({ grantKey, more = {} }: { grantKey: string; more?: Partial<GrantRequest> }): Request {
  const plain = grantRequest({ grantKey, doors: { ...NOWHERE, spaces: [VILLA] }, ...more });
  const { userIdentityKey, doors, modes, window } = plain;
  const by = { provider: 'access_codes' } as const;
  return { ...plain, lowLevel: { by, userIdentityKey, doors, modes, asked: window, span: window, known: [], others: [], isLast: true } };
}

async function open(settings: Partial<Settings> = {}, choice: CodeChoice = { choose: () => null }, of: Estate = estate) {
  const workspace = await openSeamWorkspace({ estate: of, settings: { issuanceDelayMs: 0, ...settings } });
  const { simulator, seam, apiKey } = workspace;
  const adapter = createCodesAdapter({ apiKey, endpoint: simulator.url, fingerprints, codes: choice });
  const codes = async () => [...(await seam.accessCodes.list({ device_id: DOOR })), ...(await seam.accessCodes.list({ device_id: GATE }))];
  const list = createCodeList({ apiKey, endpoint: simulator.url });
  return { adapter, list, seam, simulator, codes, [Symbol.asyncDispose]: () => workspace[Symbol.asyncDispose]() };
}

const ids = ({ methods }: AccessReading): readonly string[] => methods.map((method) => method.accessMethodId);
const knowing = (of: Request, reading: AccessReading, change: Partial<LowLevelAccess> = {}): Request => ({
  ...of,
  lowLevel: { ...of.lowLevel, known: ids(reading), ...change },
});
const unread = { fingerprintKeyId: null, accessGrantId: null, accessMethodIds: [] } as const;

test('each lock of the unit gets one code under our name, the same digits on all, whichever answer is lost', async () => {
  await using house = await open();
  house.simulator.knobs.fault({ kind: 'lose', path: '/access_codes/create' });
  const asked = request({ grantKey: 'latchkey:pms:R1#a.1' });
  await assert.rejects(house.adapter.grant(asked, calm), { type: 'SeamUnavailable' });
  const fresh = await house.adapter.grant(asked, calm);
  const codes = await house.codes();
  assert.deepEqual(
    codes.map(({ device_id, name }) => [device_id, name]),
    [
      [DOOR, asked.grantKey],
      [GATE, asked.grantKey],
    ],
  );
  assert.equal(new Set(codes.map((one) => one.code)).size, 1);
  assert.deepEqual([fresh.accessGrantId, fresh.window], [null, asked.window]);
  const known = knowing(asked, fresh);
  const reading = await until('set', async () => {
    const now = await house.adapter.read({ ...known, ...unread }, calm);
    return now.methods.every((method) => method.state === 'issued') && now;
  });
  assert.deepEqual(
    reading.methods.map((method) => method.doors),
    [[DOOR], [GATE]],
  );
  assert.equal(new Set(reading.methods.map((method) => method.fingerprint)).size, 1);
  assert.deepEqual(
    reading.doors.map(({ kind, name }) => `${kind} ${name}`),
    ['device Villa door', 'device Garden gate'],
  );
});

test('the digits of the policy are asked for; a lock that has them already gets others, and the guest is told of both', async () => {
  await using house = await open({}, { choose: () => '471147' });
  await house.seam.accessCodes.create({ device_id: GATE, code: '471147' });
  const codeWish = { by: 'random', length: 6, phone: null, seed: '', keyId: null } as const;
  const asked = request({ grantKey: 'g1', more: { codeWish } });
  const fresh = await house.adapter.grant(asked, calm);
  const secrets = await Promise.all(
    ids(fresh).map((accessMethodId) =>
      until('set', async () => (await house.adapter.secret({ ...knowing(asked, fresh), accessMethodId, ...unread }, calm)).secret),
    ),
  );
  assert.equal(secrets[0], '471147');
  assert.notEqual(secrets[1], '471147');
});

test('new times are on their way until the lock has them', async () => {
  await using house = await open();
  const asked = request({ grantKey: 'g1' });
  const known = knowing(asked, await house.adapter.grant(asked, calm));
  const read = async (of: Request) => house.adapter.read({ ...of, ...unread }, calm);
  await until('set', async () => (await read(known)).methods.every((method) => method.state === 'issued'));
  house.simulator.knobs.set({ holdIssuance: true });
  const window = { startsAt: asked.window.startsAt + HOUR, endsAt: asked.window.endsAt + HOUR };
  const moved = { ...known, lowLevel: { ...known.lowLevel, asked: window } };
  await house.adapter.changeWindow({ ...moved, accessGrantId: null, window }, calm);
  const between = await read(moved);
  assert.deepEqual([between.window, between.methods[0]?.state], [window, 'updating']);
  house.simulator.knobs.set({ holdIssuance: false });
  await until('set again', async () => (await read(moved)).methods.every((method) => method.state === 'issued'));
});

test('a lock that refuses its code gets one from its pool, and where it has none the failure shows at its door', async () => {
  await using house = await open({ locksFail: true });
  const asked = request({ grantKey: 'g1' });
  const known = knowing(asked, await house.adapter.grant(asked, calm));
  const reading = await until('pulled', async () => {
    const now = await house.adapter.read({ ...known, ...unread }, calm);
    return now.methods[0]?.isBackupCode === true && now.methods[1]?.state === 'failed' && now;
  });
  const [door, gate] = reading.methods;
  assert.deepEqual([door?.state, door?.doors, gate?.isBackupCode, gate?.fingerprint], ['issued', [DOOR], false, null]);
  assert.deepEqual(
    reading.problems.map(({ doorId, code }) => [doorId, code]),
    [
      [DOOR, 'failed_to_set_on_device'],
      [GATE, 'failed_to_set_on_device'],
    ],
  );
  const [code] = await house.seam.accessCodes.list({ device_id: DOOR });
  const { secret, fingerprint } = await house.adapter.secret({ ...known, ...unread, accessMethodId: door?.accessMethodId ?? '' }, calm);
  assert.notEqual(secret, code?.code);
  assert.equal(fingerprint, door?.fingerprint);
});

test('new times reach the code that a lock gave from its pool, and the window says so only once they have', async () => {
  await using house = await open({ locksFail: true });
  const asked = request({ grantKey: 'g1' });
  const known = knowing(asked, await house.adapter.grant(asked, calm));
  const read = async (of: Request) => house.adapter.read({ ...of, ...unread }, calm);
  await until('pulled', async () => (await read(known)).methods[0]?.isBackupCode);
  const window = { ...asked.window, endsAt: asked.window.endsAt + HOUR };
  const moved = { ...known, lowLevel: { ...known.lowLevel, asked: window } };
  const change = { starts_at: new Date(window.startsAt).toISOString(), ends_at: new Date(window.endsAt).toISOString() };
  for (const access_code_id of known.lowLevel.known) await house.seam.accessCodes.update({ access_code_id, ...change });
  assert.deepEqual((await read(moved)).window, asked.window, 'the code that opens ends as before');
  await house.adapter.changeWindow({ ...moved, accessGrantId: null, window }, calm);
  assert.deepEqual((await read(moved)).window, window);
  assert.deepEqual(new Set((await house.codes()).map((code) => code.ends_at)), new Set([change.ends_at]));
});

test('a code from a pool is known for good before the code that leads to it goes, and gone only when it is gone itself', async () => {
  await using house = await open({ locksFail: true });
  const asked = request({ grantKey: 'g1' });
  const known = knowing(asked, await house.adapter.grant(asked, calm));
  await until('pulled', async () => (await house.adapter.read({ ...known, ...unread }, calm)).methods[0]?.isBackupCode);
  const [door, backup] = await house.seam.accessCodes.list({ device_id: DOOR });
  const learnt = { accessGrantId: null, accessMethodIds: [backup?.access_code_id ?? ''] };
  for (let lost = 0; lost < 2; lost += 1)
    assert.deepEqual(await house.adapter.revoke({ ...known, ...unread }, calm), { gone: false, learnt });
  assert.equal((await house.codes()).length, 3);
  const { grants } = await house.list.page({ cursor: null }, calm);
  assert.deepEqual(grants.find((one) => one.accessMethodIds[0] === door?.access_code_id)?.lowLevel?.known, [
    door?.access_code_id,
    ...learnt.accessMethodIds,
  ]);
  await house.seam.accessCodes.delete({ access_code_id: door?.access_code_id ?? '' });
  house.simulator.knobs.set({ deletesDoNotTake: true });
  const all = { ...known, lowLevel: { ...known.lowLevel, known: [...known.lowLevel.known, ...learnt.accessMethodIds] } };
  assert.deepEqual(await house.adapter.revoke({ ...all, ...unread }, calm), { gone: false });
  house.simulator.knobs.set({ deletesDoNotTake: false });
  assert.deepEqual(await house.adapter.revoke({ ...all, ...unread }, calm), { gone: true });
  assert.deepEqual(await house.codes(), []);
});

test('gone is what a read after the delete does not show; codes that were never learnt of are found by their name', async () => {
  await using house = await open({ deleteDelayMs: 40 });
  const stranger = await house.seam.accessCodes.create({ device_id: DOOR, name: 'cleaner' });
  const asked = request({ grantKey: 'g1' });
  const made = await house.adapter.grant(asked, calm);
  const { learnt } = await house.adapter.revoke({ ...asked, ...unread }, calm);
  assert.deepEqual(learnt?.accessMethodIds, ids(made));
  const known = knowing(asked, made);
  house.simulator.knobs.set({ deletesDoNotTake: true });
  assert.deepEqual(await house.adapter.revoke({ ...known, ...unread }, calm), { gone: false });
  house.simulator.knobs.set({ deletesDoNotTake: false });
  await until('gone', async () => (await house.adapter.revoke({ ...known, ...unread }, calm)).gone);
  assert.deepEqual(
    (await house.codes()).map((code) => code.access_code_id),
    [stranger.access_code_id],
  );
  assert.equal((await house.adapter.read({ ...asked, ...unread }, calm)).found, false);
});

test('a unit without a lock of its own is refused, and an entrance of an access system shows as impossible', async () => {
  await using house = await open();
  await assert.rejects(house.adapter.grant(request({ grantKey: 'g1', more: { doors: NOWHERE } }), calm), { type: 'SeamRejected' });
  const entrance = HARBOUR_HOUSE.roomDoorIds['101'];
  const reading = await house.adapter.grant(
    request({ grantKey: 'g1', more: { doors: { ...NOWHERE, devices: [DOOR], entrances: [entrance] } } }),
    calm,
  );
  assert.deepEqual(
    reading.problems.map(({ code, doorId }) => [code, doorId]),
    [['not_a_lock', entrance]],
  );
});

test('a full lock is named before anything is asked of it, whoever filled it; codes of other times take no room', async () => {
  const small = { ...estate, devices: estate.devices.map((device) => ({ ...device, mostCodes: device.deviceId === GATE ? 2 : 100 })) };
  await using house = await open({}, { choose: () => null }, small);
  const asked = request({ grantKey: 'g1' });
  const { startsAt, endsAt } = asked.window;
  const codeOn = (from: number, to: number) =>
    house.seam.accessCodes.create({ device_id: GATE, starts_at: new Date(from).toISOString(), ends_at: new Date(to).toISOString() });
  await codeOn(startsAt, endsAt);
  await codeOn(endsAt, endsAt + HOUR);
  // Meets the first one in the middle of the stay.
  const second = await codeOn(startsAt + HOUR, endsAt);
  await assert.rejects(house.adapter.grant(asked, calm), (error) => {
    assert.ok(error instanceof ApplicationFailure && error.type === 'ModeImpossible');
    assert.match(JSON.stringify(error.details), /Garden gate \(\S+\) has no room for another code: it holds 2 at a time/);
    return true;
  });
  assert.deepEqual(await house.seam.accessCodes.list({ device_id: DOOR }), [], 'nothing is made on the other lock either');
  await house.seam.accessCodes.delete({ access_code_id: second.access_code_id });
  assert.equal((await house.adapter.grant(asked, calm)).methods.length, 2);
  // Full by now, with its own code: that is no reason to refuse it what it has.
  assert.equal((await house.adapter.grant(asked, calm)).methods.length, 2);
});
