import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { AccessReading, MethodState } from '../../workflows/domain/access.ts';
import { type Reply, type ScriptedServer, startScriptedServer } from '../support/scripted-server.ts';
import { adapterFor, calm } from '../support/seam-fixture.ts';

let server: ScriptedServer;
before(async () => {
  server = await startScriptedServer();
});
after(() => server.stop());

const entrance = (id: string, more: object = {}): object => ({ acs_entrance_id: id, display_name: `Door ${id}`, errors: [], ...more });
const method = (id: string, more: object = {}): object => ({
  access_method_id: id,
  mode: 'code',
  is_issued: true,
  code: '123456',
  ...more,
});

interface Scripted {
  readonly grant?: object;
  readonly batch?: object;
  readonly doors?: readonly Reply[];
  readonly codes?: readonly Reply[];
}

function scriptGrant({ grant = {}, batch = {}, doors = [], codes = [] }: Scripted): void {
  const access_grant = { access_grant_id: 'g1', starts_at: '2026-12-01T15:00:00Z', ends_at: '2026-12-04T11:00:00Z', ...grant };
  const related = { acs_entrances: [entrance('e1')], devices: [], access_methods: [method('m1')], spaces: [], ...batch };
  server.script({
    '/access_grants/get': [{ body: { access_grant } }],
    '/access_grants/get_related': [{ body: { batch: related } }],
    '/access_methods/get_related': doors,
    '/access_codes/list': codes,
  });
}

const opens = (...ids: readonly string[]): Reply => ({ body: { batch: { acs_entrances: ids.map((id) => entrance(id)) } } });
const readScripted = (): Promise<AccessReading> => adapterFor(server.url).read({ grantKey: 'g', fingerprintKeyId: null }, calm);

test('a door too many and a door that no method opens both show, and one code costs three calls', async () => {
  scriptGrant({ batch: { acs_entrances: [entrance('e1'), entrance('e2'), entrance('intruder')] }, doors: [opens('e1', 'intruder')] });
  const reading = await readScripted();
  assert.deepEqual(
    reading.doors.map((door) => door.id),
    ['e1', 'e2', 'intruder'],
  );
  assert.deepEqual(reading.methods[0]?.doors, ['e1', 'intruder']);
  assert.equal(server.calls.length, 3);
});

test('what Seam says of a method becomes one state, and an unfinished change outweighs "issued"', async () => {
  const warning = (warning_code: string): object => ({ warnings: [{ warning_code }] });
  const cases: readonly (readonly [object, MethodState])[] = [
    [{}, 'issued'],
    [warning('being_deleted'), 'revoked'],
    [warning('updating_access_times'), 'updating'],
    [{ pending_mutations: [{ mutation_code: 'updating_access_times' }] }, 'updating'],
    [{ is_issued: false, issued_at: '2026-12-01T15:00:00Z', pending_mutations: [{ mutation_code: 'provisioning_access' }] }, 'updating'],
    [{ is_issued: false }, 'pending'],
    [{ is_issued: false, errors: [{ error_code: 'failed_to_issue' }] }, 'failed'],
  ];
  scriptGrant({ batch: { access_methods: cases.map(([more], index) => method(`m${index}`, more)) }, doors: [opens('e1')] });
  assert.deepEqual(
    (await readScripted()).methods.map(({ state }) => state),
    cases.map(([, state]) => state),
  );
});

test('a card waits for the desk once Seam says that it is ready, also past its start; until then Seam prepares it', async () => {
  const failed = { errors: [{ error_code: 'failed_to_issue' }] };
  const cases: readonly (readonly [object, MethodState, object?])[] = [
    [{ is_encoding_required: true }, 'encoding_required'],
    [{ is_assignment_required: true }, 'assignment_required'],
    [{ is_encoding_required: true, is_ready_for_encoding: true }, 'encoding_required'],
    [{ is_encoding_required: true, is_ready_for_encoding: true, ...failed }, 'encoding_required'],
    [{ is_ready_for_assignment: true, ...failed }, 'assignment_required'],
    [
      { is_encoding_required: true, is_ready_for_encoding: true, warnings: [{ warning_code: 'updating_access_times' }] },
      'encoding_required',
    ],
    [{ is_encoding_required: true, is_ready_for_encoding: true, is_ready_for_assignment: true }, 'encoding_required', { eitherWay: true }],
    [
      { is_assignment_required: true, is_ready_for_encoding: true, is_ready_for_assignment: true },
      'assignment_required',
      { eitherWay: true },
    ],
    [{ is_encoding_required: true, is_ready_for_encoding: false, is_ready_for_assignment: true }, 'assignment_required'],
    [{ is_encoding_required: true, is_ready_for_encoding: false }, 'pending', { isInPreparation: true }],
    [{ is_assignment_required: true, is_ready_for_assignment: false }, 'pending', { isInPreparation: true }],
    [{ is_encoding_required: true, is_ready_for_encoding: false, ...failed }, 'failed', { isInPreparation: true }],
    [
      { is_encoding_required: true, is_ready_for_encoding: false, issued_at: '2026-12-01T15:00:00Z' },
      'updating',
      { isInPreparation: true },
    ],
    [{ is_encoding_required: false, is_ready_for_encoding: false }, 'pending'],
    [{ is_encoding_required: true, is_ready_for_encoding: false, is_issued: true }, 'issued'],
  ];
  const methods = cases.map(([more], index) => method(`m${index}`, { mode: 'card', code: null, is_issued: false, ...more }));
  scriptGrant({ batch: { access_methods: methods }, doors: [opens('e1')] });
  assert.deepEqual(
    (await readScripted()).methods.map(({ state, eitherWay, isInPreparation }) => ({
      state,
      ...(eitherWay ? { eitherWay } : {}),
      ...(isInPreparation ? { isInPreparation } : {}),
    })),
    cases.map(([, state, notes = {}]) => ({ state, ...notes })),
  );
});

test('problems name the door they are about, in words without any of the texts of Seam', async () => {
  const message = 'Ada Lovelace could not be added';
  const cannot = { error_code: 'cannot_create_requested_access_methods', message };
  scriptGrant({
    grant: {
      requested_access_methods: [{ mode: 'code' }],
      errors: [cannot, { ...cannot, missing_device_ids: ['d1'] }, { error_code: message, message }],
      warnings: [
        { warning_code: 'underprovisioned_access', message },
        { warning_code: 'device_time_constraints_violated', device_id: 'd1', reason: 'duration_exceeds_max', message },
      ],
    },
    batch: {
      acs_entrances: [entrance('e1'), entrance('pool', { can_unlock_with_code: false })],
      devices: [{ device_id: 'd1', display_name: 'Villa door' }],
      access_methods: [method('m1', { is_issued: false, warnings: [{ warning_code: 'user_identity_missing_email_address', message }] })],
    },
  });
  const { problems } = await readScripted();
  assert.deepEqual(
    problems.map((problem) => [problem.code, problem.doorId]),
    [
      ['cannot_create_requested_access_methods', 'pool'],
      ['cannot_create_requested_access_methods', 'd1'],
      ['cannot_create_requested_access_methods', 'pool'],
      ['unknown', null],
      ['underprovisioned_access', null],
      ['device_time_constraints_violated', 'd1'],
      ['user_identity_missing_email_address', null],
    ],
  );
  assert.equal(problems[5]?.text, 'Villa door cannot be programmed with these times (duration_exceeds_max)');
  assert.doesNotMatch(JSON.stringify(problems), /Ada/);
});

test('half a reading, or one that does not parse, is never taken for a grant without doors', async () => {
  scriptGrant({});
  server.script({ '/access_grants/get': [{ body: { access_grant: { access_grant_id: 'g1', starts_at: '2026-12-01T15:00:00Z' } } }] });
  await assert.rejects(readScripted(), { type: 'SeamUnreadable' });
  scriptGrant({ grant: { starts_at: 'tomorrow' } });
  await assert.rejects(readScripted(), { type: 'SeamUnreadable' });
});

test('a code that Seam shows before it is issued is told to nobody', async () => {
  const method = { access_method_id: 'm1', mode: 'code', is_issued: false, code: '111222' };
  server.script({ '/access_methods/get': [{ body: { access_method: method } }] });
  const credential = await adapterFor(server.url).secret({ accessMethodId: 'm1', fingerprintKeyId: null }, calm);
  assert.deepEqual(credential, { secret: null, issued: false, fingerprint: null });
});

test('an issued card and a code that an offline lock keeps outlive their revocation; only a lock that takes such codes is asked about', async () => {
  const lock = (can_program_offline_access_codes: boolean): Reply => ({
    body: { batch: { devices: [{ device_id: 'd1', can_program_offline_access_codes }] } },
  });
  const codes = (is_offline_access_code: boolean): Reply => ({
    body: { access_codes: [{ is_offline_access_code: false }, { is_offline_access_code }] },
  });
  const card = { mode: 'card', code: null };
  const cases: readonly (readonly [object, Reply, Reply, boolean])[] = [
    [card, lock(false), codes(false), true],
    [{ ...card, is_issued: false, is_encoding_required: true }, lock(false), codes(false), false],
    [{ mode: 'mobile_key' }, lock(true), codes(true), false],
    [{}, lock(false), codes(true), false],
    [{}, lock(true), codes(false), false],
    [{}, lock(true), codes(true), true],
    [{ is_issued: false }, lock(true), codes(true), false],
  ];
  for (const [more, doors, list, outlives] of cases) {
    scriptGrant({ batch: { access_methods: [method('m1', more)] }, doors: [doors], codes: [list] });
    const [read] = (await readScripted()).methods;
    assert.equal(read?.outlivesRevocation ?? false, outlives, JSON.stringify([more, doors.body, list.body]));
    assert.equal('outlivesRevocation' in (read ?? {}), outlives);
  }
});
