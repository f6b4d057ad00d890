/** What a grant asks of its doors: modes that they can do, the key of a reservation where they know reservations. Over HTTP. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { CASA_DO_MONTE, EXAMPLE_ESTATE, HARBOUR_HOUSE } from '../../simulator/example-estate.ts';
import type { Estate } from '../../simulator/seam/estate.ts';
import type { DoorSet, Mode } from '../../workflows/domain/property.ts';
import { type Reply, startScriptedServer } from '../support/scripted-server.ts';
import { adapterFor, calm, grantRequest, type SeamFixture, startSeam } from '../support/seam-fixture.ts';

const { '101': ROOM, '102': CARD_DOOR, '103': GUEST_DOOR, '104': SECOND_DOOR } = HARBOUR_HOUSE.roomDoorIds;
const RESERVED: readonly string[] = [GUEST_DOOR, SECOND_DOOR];
const NONE: DoorSet = { entrances: [], devices: [], spaces: [], spaceKeys: [] };

const ESTATE: Estate = {
  ...EXAMPLE_ESTATE,
  entrances: EXAMPLE_ESTATE.entrances.map((entrance) => ({
    ...entrance,
    canBelongToReservation: RESERVED.includes(entrance.acsEntranceId),
    opensWith: entrance.acsEntranceId === CARD_DOOR ? ['card'] : entrance.opensWith,
  })),
};

let fixture: SeamFixture;
before(async () => {
  fixture = await startSeam({}, ESTATE);
});
after(() => fixture.seam.stop());

let made = 0;
function asked({
  doors,
  modes = ['code'],
  ...change
}: {
  doors: Partial<DoorSet>;
  modes?: readonly Mode[];
  key?: string;
  startsIn?: number;
}) {
  made += 1;
  const request = grantRequest({ grantKey: `possible-${made}`, modes, doors: { ...NONE, ...doors } });
  const { startsIn = 0, key } = change;
  const window = { startsAt: request.window.startsAt + startsIn, endsAt: request.window.endsAt + startsIn };
  return { ...request, window, ...(key === undefined ? {} : { reservation: { key, policy: 'auto' as const } }) };
}

const reservationKeyOf = async (access_grant_key: string) => (await fixture.api.accessGrants.get({ access_grant_key })).reservation_key;
const DAY = 86_400_000;

test('a door that can do none of the modes, or a mode that none of the doors can do, is named before anything is made', async () => {
  const { access, api } = fixture;
  const refused = async (request: ReturnType<typeof asked>, code: string, about: RegExp) => {
    await assert.rejects(
      access.grant(request, calm),
      (error: { type?: string; details?: readonly { code?: string; about?: string }[] }) => {
        assert.deepEqual([error.type, error.details?.[0]?.code], ['ModeImpossible', code]);
        assert.match(error.details?.[0]?.about ?? '', about);
        return true;
      },
    );
    assert.deepEqual(await api.accessGrants.list({ access_grant_key: request.grantKey }), []);
    assert.ok((await api.userIdentities.list()).every((identity) => identity.user_identity_key !== request.userIdentityKey));
  };
  await refused(asked({ doors: { entrances: [ROOM, CARD_DOOR] } }), `code/${CARD_DOOR}`, /^Room 102 \(.+\) cannot be opened with code$/);
  const both: readonly Mode[] = ['code', 'cloud_key'];
  const gate = { devices: [CASA_DO_MONTE.gateId] };
  await refused(asked({ doors: gate, modes: both }), `cloud_key/${CASA_DO_MONTE.gateId}`, /^no door opens with cloud key: Garden gate/);
  const spaces = { spaceKeys: [CASA_DO_MONTE.spaceKey], entrances: [CARD_DOOR] };
  await refused(asked({ doors: spaces, modes: both }), `code/${CARD_DOOR}`, /Room 102 \(.+\) cannot be opened with code or cloud key/);
});

test('a mode that only some doors can do is asked for while each door opens by another; a mended door is let through', async () => {
  const { access, seam } = fixture;
  const mixed = asked({ doors: { entrances: [ROOM, CARD_DOOR], devices: [CASA_DO_MONTE.gateId] }, modes: ['code', 'card'] });
  assert.equal((await access.grant(mixed, calm)).found, true);
  const gate = asked({ doors: { devices: [CASA_DO_MONTE.gateId] }, modes: ['cloud_key'] });
  await assert.rejects(access.grant(gate, calm), { type: 'ModeImpossible' });
  seam.knobs.changeDoor({ doorId: CASA_DO_MONTE.gateId, opensWith: ['code', 'cloud_key'] });
  assert.equal((await access.grant(gate, calm)).found, true);
});

test('a flag that is not there says nothing: Seam is asked', async () => {
  await using server = await startScripted({
    '/acs/entrances/list': [{ body: { acs_entrances: [{ acs_entrance_id: 'e1' }] } }],
    ...GRANTED,
  });
  await adapterFor(server.url).grant(grantRequest({ grantKey: 'g', doors: { ...NONE, entrances: ['e1'] } }), calm);
  assert.ok(server.calls.includes('POST /access_grants/create'));
});

test('a lock takes codes unless it says that nobody can type one, or that it can be programmed in no way', async () => {
  const cases: readonly (readonly [object, boolean])[] = [
    [{}, true],
    [{ can_unlock_with_code: true, can_program_online_access_codes: true }, true],
    [{ can_unlock_with_code: false, can_program_online_access_codes: true }, false],
    [{ can_unlock_with_code: false, can_program_offline_access_codes: true }, false],
    [{ can_program_online_access_codes: false }, false],
    [{ can_program_online_access_codes: false, can_program_offline_access_codes: true }, true],
  ];
  for (const [flags, isPossible] of cases) {
    await using server = await startScripted({ '/devices/list': [{ body: { devices: [{ device_id: 'd1', ...flags }] } }], ...GRANTED });
    const made = adapterFor(server.url).grant(grantRequest({ grantKey: 'g', doors: { ...NONE, devices: ['d1'] } }), calm);
    if (isPossible) await made;
    else await assert.rejects(made, { type: 'ModeImpossible' });
    assert.equal(server.calls.includes('POST /access_grants/create'), isPossible, JSON.stringify(flags));
  }
});

test('doors that can belong to a reservation get its key, companions join, ordinary doors get none', async () => {
  const { access } = fixture;
  const [first, companion] = [
    asked({ doors: { entrances: [GUEST_DOOR] }, key: 'R1' }),
    asked({ doors: { entrances: [GUEST_DOOR] }, key: 'R1' }),
  ];
  const ordinary = asked({ doors: { entrances: [ROOM] }, key: 'R2' });
  const mixed = asked({ doors: { entrances: [ROOM, SECOND_DOOR] }, key: 'R3' });
  for (const request of [first, companion, ordinary, mixed]) await access.grant(request, calm);
  assert.deepEqual(await Promise.all([first, companion, ordinary, mixed].map(({ grantKey }) => reservationKeyOf(grantKey))), [
    'R1',
    'R1',
    undefined,
    'R3',
  ]);
});

test('one stay twice at the same door, apart in time: the second has a key of its own, for grants of one key must overlap', async () => {
  const { access } = fixture;
  const early = asked({ doors: { entrances: [SECOND_DOOR] }, key: 'R4' });
  const late = asked({ doors: { entrances: [SECOND_DOOR] }, key: 'R4', startsIn: 10 * DAY });
  await access.grant(early, calm);
  await access.grant(late, calm);
  const keys = await Promise.all([early, late].map(({ grantKey }) => reservationKeyOf(grantKey)));
  assert.equal(keys[0], 'R4');
  assert.match(String(keys[1]), /^R4\..+/);
  const { accessGrantId } = await access.read({ grantKey: early.grantKey, fingerprintKeyId: null }, calm);
  const companion = asked({ doors: { entrances: [SECOND_DOOR] }, key: 'R4' });
  await access.grant(companion, calm);
  await assert.rejects(access.changeWindow({ accessGrantId: String(accessGrantId), window: late.window }, calm), {
    type: 'ReservationConflict',
    details: [{ type: 'ReservationConflict', code: 'reservation_time_frames_must_overlap', retryAfter: null }],
  });
});

const GRANT = { access_grant_id: 'grant-1', user_identity_id: 'i', starts_at: '2026-12-01T15:00:00Z', ends_at: '2026-12-04T11:00:00Z' };
const GRANTED = {
  '/user_identities/get': [{ body: { user_identity: { user_identity_id: 'i' } } }],
  '/access_grants/create': [{ body: { access_grant: GRANT } }],
  '/access_grants/get_related': [{ body: { batch: {} } }],
};

async function startScripted(replies: Readonly<Record<string, readonly Reply[]>>) {
  const server = await startScriptedServer();
  server.script(replies);
  return { ...server, [Symbol.asyncDispose]: () => server.stop() };
}

/** Seam's guide gives statuses and titles, and leaves the types open. */
const refusal = (status: number, message: string): Reply => ({ status, body: { ok: false, error: { type: 'bad_request', message } } });

interface Row {
  readonly answer: Reply;
  readonly policy?: 'auto' | 'always';
  /** The keys that are asked for, one try after the other. */
  readonly tries: readonly (string | undefined)[];
  readonly end: string;
}

test('what Seam refuses of a reservation: a key is dropped or added where that mends it, and else a person hears what it is', async () => {
  const created: Reply = { body: { access_grant: GRANT } };
  const table: readonly Row[] = [
    { answer: refusal(400, 'reservation_key not supported'), policy: 'always', tries: ['R', undefined], end: 'granted' },
    { answer: refusal(400, 'A reservation_key is required for guest cards'), tries: [undefined, 'R'], end: 'granted' },
    { answer: refusal(409, 'Reservation time frames must overlap'), policy: 'always', tries: ['R', 'R.'], end: 'granted' },
    { answer: refusal(409, 'Reservation entrance change requires cleanup'), policy: 'always', tries: ['R'], end: 'ReservationConflict' },
    { answer: refusal(409, 'Reservation joiner entrance set conflict'), policy: 'always', tries: ['R'], end: 'ReservationConflict' },
  ];
  for (const { answer, policy = 'auto', tries, end } of table) {
    await using server = await startScripted({ ...GRANTED, '/access_grants/create': [answer, created] });
    const window = { startsAt: Date.parse('2025-11-15T12:00:00Z'), endsAt: Date.parse('2030-01-01T00:00:00Z') };
    const request = { ...grantRequest({ grantKey: 'g', modes: ['card'], window }), reservation: { key: 'R', policy } };
    const outcome = await adapterFor(server.url)
      .grant(request, calm)
      .then(
        () => 'granted',
        (error: { type?: string }) => error.type,
      );
    const keys = server.bodies.flatMap((body) => (isCreate(body) ? [body.reservation_key] : []));
    assert.deepEqual([outcome, keys.map((key) => key?.replace(/\..*/, '.')), keys.length], [end, tries, tries.length]);
  }
});

const isCreate = (body: unknown): body is { readonly reservation_key?: string } =>
  typeof body === 'object' && body !== null && 'requested_access_methods' in body;
