/** Codes that are wished for: by the property's policy, within what the locks take, and read back as Seam issued them. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createCodeChoice, isTrivial } from '../../activities/code-choice.ts';
import { CASA_DO_MONTE } from '../../simulator/example-estate.ts';
import type { CodeWish } from '../../workflows/domain/code-wish.ts';
import { startScriptedServer } from '../support/scripted-server.ts';
import { adapterFor, calm, codes, grantRequest, type SeamFixture, startSeam } from '../support/seam-fixture.ts';
import { until } from '../support/until.ts';

const wish = (change: Partial<CodeWish> = {}): CodeWish => ({ by: 'random', length: 6, phone: null, seed: 'R1 0', keyId: null, ...change });
const ANY = { lengths: null, allows: () => true };
const KEYPAD = { entrances: [], devices: [CASA_DO_MONTE.keypadId], spaces: [], spaceKeys: [] };

let fixture: SeamFixture;
before(async () => {
  fixture = await startSeam();
});
after(() => fixture.seam.stop());

test('a code fixed per reservation is the same however often it is made, another for another stay, and none that a stranger tries first', () => {
  const of = (seed: string): string | null => codes.choose({ wish: wish({ by: 'reservation', seed }), rules: ANY });
  assert.equal(of('R1 0'), of('R1 0'));
  assert.notEqual(of('R1 0'), of('R1 1'));
  const all = Array.from(
    { length: 500 },
    (_, i) => codes.choose({ wish: wish({ by: 'reservation', seed: `R${i}`, length: 4 }), rules: ANY }) ?? '',
  );
  assert.ok(all.every((code) => /^\d{4}$/.test(code) && !isTrivial(code)));
  for (const code of ['0000', '1212', '1234', '9876', '7890', '123123']) assert.equal(isTrivial(code), true, code);
  assert.equal(isTrivial('1235'), false);
});

test('after a rotation of keys a stay keeps its code, and a new one is derived from the new key', () => {
  const [old, fresh] = [
    { id: 'old', key: Buffer.alloc(32, 1) },
    { id: 'new', key: Buffer.alloc(32, 2) },
  ];
  const before = createCodeChoice([old]).choose({ wish: wish({ by: 'reservation' }), rules: ANY });
  const rotated = createCodeChoice([fresh, old]);
  assert.equal(rotated.choose({ wish: wish({ by: 'reservation', keyId: 'old' }), rules: ANY }), before);
  assert.notEqual(rotated.choose({ wish: wish({ by: 'reservation' }), rules: ANY }), before);
});

test('the last digits of the phone, unless they are trivial or refused: then Seam chooses', () => {
  const of = (phone: string, allows = (_code: string): boolean => true): string | null =>
    codes.choose({ wish: wish({ by: 'phone', phone }), rules: { lengths: null, allows } });
  assert.equal(of('+351 912 345 768'), '345768');
  assert.deepEqual([of('+351912111111'), of('+351912345768', () => false), of('+35191')], [null, null, null]);
});

test('the wanted length gives way to what the locks take: the next longer, else the next shorter, else Seam chooses', () => {
  const length = (lengths: readonly number[]): number | undefined =>
    codes.choose({ wish: wish(), rules: { lengths, allows: () => true } })?.length;
  assert.deepEqual([length([4, 6]), length([4, 7, 8]), length([4, 5]), length([12]), length([])], [6, 7, 5, undefined, undefined]);
});

const GRANT = { access_grant_id: 'grant-1', user_identity_id: 'i', starts_at: '2026-12-01T15:00:00Z', ends_at: '2026-12-04T11:00:00Z' };
const lock = (device_id: string, properties: object) => ({ device_id, properties });

test('what each lock says of codes is kept to, and a code that Seam refuses is only a wish', async () => {
  const server = await startScriptedServer();
  const devices = [
    lock('d1', {
      supported_code_lengths: [4, 5, 6],
      code_constraints: [{ constraint_type: 'no_zeros' }, { constraint_type: 'name_length' }],
    }),
    lock('d2', { supported_code_lengths: [5, 8], code_constraints: [{ constraint_type: 'cannot_contain_089' }] }),
  ];
  const refused = { status: 400, body: { ok: false, error: { type: 'invalid_input', message: 'code is taken' } } };
  server.script({
    '/devices/list': [{ body: { devices } }],
    '/user_identities/get': [{ body: { user_identity: { user_identity_id: 'i' } } }],
    '/access_grants/create': [refused, { body: { access_grant: GRANT } }],
    '/access_grants/get_related': [{ body: { batch: {} } }],
  });
  const doors = { ...KEYPAD, devices: ['d1', 'd2'] };
  await adapterFor(server.url).grant({ ...grantRequest({ grantKey: 'g', doors }), codeWish: wish() }, calm);
  const asked = server.bodies.flatMap((body) => /"code":"(\d+)"/.exec(JSON.stringify(body))?.[1] ?? 'none');
  assert.match(asked[0] ?? '', /^[1-7]{5}$/);
  assert.deepEqual(asked.slice(1), ['none']);
  await server.stop();
});

test('a wish that is granted is the code of every door; one that is taken is another code, which is read back and is no fault', async () => {
  const { access, api, seam } = fixture;
  const make = async (grantKey: string) => {
    const doors = { ...KEYPAD, devices: [CASA_DO_MONTE.keypadId, CASA_DO_MONTE.gateId] };
    await access.grant({ ...grantRequest({ grantKey, doors }), codeWish: wish({ by: 'phone', phone: '+351912345768' }) }, calm);
    return until('issued', async () => {
      const reading = await access.read({ grantKey, fingerprintKeyId: null }, calm);
      return reading.methods.every((method) => method.state === 'issued') && reading;
    });
  };
  const granted = await make('wished');
  const { code } = await api.accessMethods.get({ access_method_id: granted.methods[0]?.accessMethodId ?? '' });
  assert.deepEqual([code, granted.methods.length, granted.methods[0]?.doors.length, granted.problems], ['345768', 1, 2, []]);
  seam.knobs.set({ refuseCodes: true });
  const taken = await make('taken');
  seam.knobs.set({ refuseCodes: false });
  assert.notEqual(taken.methods[0]?.fingerprint, granted.methods[0]?.fingerprint);
  assert.deepEqual([...new Set(taken.problems.map((problem) => problem.code))], ['requested_code_unavailable']);
  assert.doesNotMatch(JSON.stringify(taken), /345768/);
});
