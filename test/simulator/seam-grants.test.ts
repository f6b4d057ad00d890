import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SeamHttpApiError, SeamHttpInvalidInputError } from '@seamapi/http';
import { CASA_DO_MONTE, EXAMPLE_ESTATE, HARBOUR_HOUSE } from '../../simulator/example-estate.ts';
import { grantRoom, inHours, openSeamWorkspace, ROOM_101, typesOf } from '../support/seam-workspace.ts';
import { until } from '../support/until.ts';

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

test('keys are unique, and what is refused changes nothing', async () => {
  await using workspace = await openSeamWorkspace();
  const { seam } = workspace;
  const { user_identity_id } = await grantRoom(seam, { access_grant_key: 'g-1' });
  const again = { user_identity_id, acs_entrance_ids: [ROOM_101], requested_access_methods: [{ mode: 'code' as const }] };
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
  await grantRoom(seam, { ...key, acs_entrance_ids: [ROOM_101, HARBOUR_HOUSE.streetDoorId] });
  const elsewhere = { ...key, acs_entrance_ids: [HARBOUR_HOUSE.roomDoorIds['102']] };
  await assert.rejects(grantRoom(seam, elsewhere), refusedWith(409, 'reservation_entrance_change_requires_cleanup'));
  const more = { ...key, acs_entrance_ids: [ROOM_101, HARBOUR_HOUSE.roomDoorIds['102']] };
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
