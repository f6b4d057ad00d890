import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type SeamHttp, SeamHttpApiError, SeamHttpInvalidInputError } from '@seamapi/http';
import { CASA_DO_MONTE, EXAMPLE_ESTATE, HARBOUR_HOUSE } from '../../simulator/example-estate.ts';
import { inHours, openSeamWorkspace } from '../support/seam-workspace.ts';
import { until } from '../support/until.ts';

const ROOM = HARBOUR_HOUSE.roomDoorIds['101'];

/** A grant of room 101 for a new person. */
async function grantRoom(seam: SeamHttp, request: Partial<Parameters<SeamHttp['accessGrants']['create']>[0]> = {}) {
  const { user_identity_id } = await seam.userIdentities.create({ full_name: 'Ada Lovelace' });
  return seam.accessGrants.create({ user_identity_id, acs_entrance_ids: [ROOM], requested_access_methods: [{ mode: 'code' }], ...request });
}

const typesOf = async (seam: SeamHttp, access_grant_id: string): Promise<string[]> =>
  (await seam.events.list({ since: inHours(-1), access_grant_ids: [access_grant_id] })).map((event) => event.event_type);

const refusedWith = (statusCode: number, code: string) => (error: unknown) =>
  error instanceof SeamHttpApiError && error.statusCode === statusCode && error.code === code && error.requestId !== '';

const gone = async (look: PromiseLike<unknown>): Promise<boolean> => {
  try {
    await look;
    return false;
  } catch (error) {
    return error instanceof SeamHttpApiError && error.statusCode === 404;
  }
};

test('a code is issued later, with six digits, and each step is an event', async () => {
  await using workspace = await openSeamWorkspace({ settings: { holdIssuance: true } });
  const { seam, simulator } = workspace;
  const { access_grant_id } = await grantRoom(seam, { access_grant_key: 'g-1' });
  const [fresh] = await seam.accessMethods.list({ access_grant_id });
  assert.deepEqual([fresh?.is_issued, fresh?.code], [false, null]);
  simulator.knobs.set({ holdIssuance: false });
  const issued = await until('the code is issued', async () =>
    (await seam.accessMethods.list({ access_grant_id })).find((method) => method.is_issued),
  );
  assert.match(issued.code ?? '', /^\d{6}$/);
  assert.deepEqual(await typesOf(seam, access_grant_id), [
    'access_grant.created',
    'access_method.created',
    'access_method.issued',
    'access_grant.access_granted_to_door',
    'access_grant.access_granted_to_all_doors',
  ]);
  const [event] = await seam.events.list({ since: inHours(-1), event_type: 'access_method.issued' });
  assert.ok(event?.event_type === 'access_method.issued' && event.code === issued.code && event.access_grant_keys?.includes('g-1'));
});

test('keys are unique, and what is refused changes nothing', async () => {
  await using workspace = await openSeamWorkspace();
  const { seam } = workspace;
  const { user_identity_id } = await grantRoom(seam, { access_grant_key: 'g-1' });
  const again = { user_identity_id, acs_entrance_ids: [ROOM], requested_access_methods: [{ mode: 'code' as const }] };
  await assert.rejects(
    async () => seam.accessGrants.create({ ...again, access_grant_key: 'g-1' }),
    refusedWith(409, 'duplicate_access_grant_key'),
  );
  await seam.userIdentities.create({ user_identity_key: 'p-1' });
  await assert.rejects(
    async () => seam.userIdentities.create({ user_identity_key: 'p-1' }),
    refusedWith(409, 'duplicate_user_identity_key'),
  );
  const nowhere = '00000000-0000-4000-8000-000000000000';
  await assert.rejects(
    async () => seam.accessGrants.create({ ...again, acs_entrance_ids: [nowhere] }),
    refusedWith(404, 'acs_entrance_not_found'),
  );
  await assert.rejects(async () => seam.accessGrants.create({ ...again, ends_at: inHours(-1) }), SeamHttpInvalidInputError);
  await assert.rejects(
    async () => seam.accessGrants.create({ ...again, requested_access_methods: [] }),
    (error) => error instanceof SeamHttpInvalidInputError && error.getValidationErrorMessages('requested_access_methods').length === 1,
  );
  assert.equal((await seam.accessGrants.list()).length, 1);
});

test('new times revoke and then reissue the same code', async () => {
  await using workspace = await openSeamWorkspace();
  const { seam } = workspace;
  const { access_grant_id } = await grantRoom(seam, { ends_at: inHours(24) });
  const read = async (issued: boolean) =>
    (await seam.accessMethods.list({ access_grant_id })).find((method) => method.is_issued === issued);
  const before = await until('issued', () => read(true));
  workspace.simulator.knobs.set({ holdIssuance: true });
  await seam.accessGrants.update({ access_grant_id, ends_at: inHours(48) });
  const between = await read(false);
  assert.deepEqual(
    between?.warnings.map((warning) => warning.warning_code),
    ['updating_access_times'],
  );
  workspace.simulator.knobs.set({ holdIssuance: false });
  assert.equal((await until('reissued', () => read(true))).code, before.code);
  const changes = (await typesOf(seam, access_grant_id)).filter((type) => /revoked|reissued|times/.test(type));
  assert.deepEqual(changes, ['access_grant.access_times_changed', 'access_method.revoked', 'access_method.reissued']);
  await seam.accessGrants.update({ access_grant_id, name: 'only a name' });
  assert.ok(await read(true), 'a name alone revokes nothing');
});

test('nothing is left of a deleted grant, of a deleted person, or of credentials whose time is over', async () => {
  await using workspace = await openSeamWorkspace();
  const { seam } = workspace;
  const deleted = await grantRoom(seam, { access_grant_key: 'again' });
  await seam.accessGrants.delete({ access_grant_id: deleted.access_grant_id });
  assert.ok(await gone(seam.accessGrants.get({ access_grant_key: 'again' })));
  assert.ok(await gone(seam.accessMethods.get({ access_method_id: deleted.access_method_ids[0] ?? '' })));
  assert.deepEqual((await typesOf(seam, deleted.access_grant_id)).slice(-2), ['access_method.deleted', 'access_grant.deleted']);

  const other = await grantRoom(seam, { access_grant_key: 'again', requested_access_methods: [{ mode: 'mobile_key' }] });
  await seam.userIdentities.delete({ user_identity_id: other.user_identity_id });
  assert.ok(await gone(seam.accessGrants.get({ access_grant_id: other.access_grant_id })));
  assert.deepEqual([await seam.instantKeys.list(), await seam.clientSessions.list()], [[], []]);

  const short = await grantRoom(seam, { ends_at: new Date(Date.now() + 60).toISOString() });
  await until('the credential has ended', async () => gone(seam.accessMethods.get({ access_method_id: short.access_method_ids[0] ?? '' })));
  assert.deepEqual((await seam.accessGrants.get({ access_grant_id: short.access_grant_id })).access_method_ids, []);
});

test('the grant itself shows an Instant Key only where there is one mobile key', async () => {
  await using workspace = await openSeamWorkspace();
  const { seam } = workspace;
  const one = await grantRoom(seam, { requested_access_methods: [{ mode: 'mobile_key' }, { mode: 'code' }] });
  const two = await grantRoom(seam, { requested_access_methods: [{ mode: 'mobile_key' }, { mode: 'mobile_key' }] });
  const none = await grantRoom(seam);
  assert.match(one.instant_key_url ?? '', /^https:\/\/ik\.seam\.co\//);
  assert.deepEqual([two.instant_key_url, none.instant_key_url], [undefined, undefined]);
  const { instant_keys } = await seam.accessMethods.getRelated({ access_method_ids: one.access_method_ids, include: ['instant_keys'] });
  assert.equal(instant_keys?.[0]?.instant_key_url, one.instant_key_url);
});

test('a card waits until somebody encodes it, and again after its times have changed', async () => {
  await using workspace = await openSeamWorkspace();
  const { seam } = workspace;
  const { access_grant_id } = await grantRoom(seam, { requested_access_methods: [{ mode: 'card' }], ends_at: inHours(24) });
  const card = async () => (await seam.accessMethods.list({ access_grant_id }))[0];
  const waiting = await until('ready', async () => ((await card())?.is_ready_for_encoding ? card() : null));
  assert.equal(waiting.is_issued, false);
  const request = { access_method_id: waiting.access_method_id, acs_encoder_id: HARBOUR_HOUSE.encoderId };
  workspace.simulator.knobs.set({ encodingError: 'encoder_not_online' });
  const failed = await seam.accessMethods.encode(request);
  await until('refused', async () => (await seam.actionAttempts.get(failed)).error?.type === 'encoder_not_online');
  workspace.simulator.knobs.set({ encodingError: null });
  await seam.accessMethods.encode(request);
  await until('encoded', async () => (await card())?.is_issued);
  await seam.accessGrants.update({ access_grant_id, ends_at: inHours(30) });
  await until('to be encoded again', async () => (await card())?.is_ready_for_encoding);
});

test('a mode that no door can do is an error of the grant, and a taken code becomes another one', async () => {
  await using workspace = await openSeamWorkspace();
  const { seam } = workspace;
  const villa = { acs_entrance_ids: [], device_ids: [CASA_DO_MONTE.keypadId] };
  const impossible = await grantRoom(seam, { ...villa, requested_access_methods: [{ mode: 'card' }] });
  assert.deepEqual(
    [impossible.access_method_ids, impossible.errors.map((error) => error.error_code)],
    [[], ['cannot_create_requested_access_methods']],
  );
  assert.ok((await typesOf(seam, impossible.access_grant_id)).includes('access_grant.could_not_create_requested_access_methods'));
  const wanted = { ...villa, requested_access_methods: [{ mode: 'code' as const, code: '471100' }] };
  const codeOf = async (access_grant_id: string) =>
    until('issued', async () => (await seam.accessMethods.list({ access_grant_id })).find((method) => method.is_issued)?.code);
  const first = await grantRoom(seam, wanted);
  assert.equal(await codeOf(first.access_grant_id), '471100');
  const second = await grantRoom(seam, wanted);
  assert.notEqual(await codeOf(second.access_grant_id), '471100');
  const { warnings } = await seam.accessGrants.get({ access_grant_id: second.access_grant_id });
  assert.deepEqual(
    warnings.map((warning) => warning.warning_code),
    ['requested_code_unavailable'],
  );
});

test('a reservation key holds its doors and times together, and needs a door that can belong to a reservation', async () => {
  const entrances = EXAMPLE_ESTATE.entrances.map((door) => ({
    ...door,
    canBelongToReservation: door.acsEntranceId !== HARBOUR_HOUSE.streetDoorId,
  }));
  await using workspace = await openSeamWorkspace({ estate: { ...EXAMPLE_ESTATE, entrances } });
  const { seam } = workspace;
  const key = { reservation_key: 'stay-1', ends_at: inHours(24) };
  await grantRoom(seam, key);
  await grantRoom(seam, { ...key, acs_entrance_ids: [ROOM, HARBOUR_HOUSE.streetDoorId] });
  const elsewhere = { ...key, acs_entrance_ids: [HARBOUR_HOUSE.roomDoorIds['102']] };
  await assert.rejects(grantRoom(seam, elsewhere), refusedWith(409, 'reservation_entrance_change_requires_cleanup'));
  const more = { ...key, acs_entrance_ids: [ROOM, HARBOUR_HOUSE.roomDoorIds['102']] };
  await assert.rejects(grantRoom(seam, more), refusedWith(409, 'reservation_joiner_entrance_set_conflict'));
  const later = { ...key, starts_at: inHours(30), ends_at: inHours(40) };
  await assert.rejects(grantRoom(seam, later), refusedWith(409, 'reservation_time_frames_must_overlap'));
  const street = { ...key, acs_entrance_ids: [HARBOUR_HOUSE.streetDoorId] };
  await assert.rejects(grantRoom(seam, street), refusedWith(400, 'reservation_key_not_supported'));
});

test('lists come in pages that hold each grant once', async () => {
  await using workspace = await openSeamWorkspace();
  const { seam } = workspace;
  const made = await Promise.all(Array.from({ length: 5 }, () => grantRoom(seam)));
  const paginator = seam.createPaginator(seam.accessGrants.list({ limit: 2 }));
  const listed = await paginator.flattenToArray();
  assert.deepEqual(listed.map((grant) => grant.access_grant_id).sort(), made.map((grant) => grant.access_grant_id).sort());
});
