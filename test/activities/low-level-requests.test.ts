/** What the low-level providers ask of Seam for the make at hand; the simulator takes such wishes and shows none of them. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { z } from 'zod';
import { createAcsAdapter } from '../../activities/adapters/seam-acs/adapter.ts';
import { createCodesAdapter } from '../../activities/adapters/seam-codes/adapter.ts';
import type { LowLevelAccess } from '../../workflows/domain/low-level.ts';
import type { AcsSettings, DoorSet, Mode } from '../../workflows/domain/property.ts';
import { type ScriptedServer, startScriptedServer } from '../support/scripted-server.ts';
import { calm, codes, fingerprints, grantRequest } from '../support/seam-fixture.ts';

const apiKey = 'seam_test_requests';
const NONE: DoorSet = { entrances: [], devices: [], spaces: [], spaceKeys: [] };
const window = { startsAt: Date.parse('2026-12-01T15:00:00Z'), endsAt: Date.parse('2026-12-04T11:00:00Z') };
const TIMES = { starts_at: '2026-12-01T15:00:00.000Z', ends_at: '2026-12-04T11:00:00.000Z' };

let server: ScriptedServer;
before(async () => {
  server = await startScriptedServer();
});
after(() => server.stop());

function request({ by, doors, mode }: { by: LowLevelAccess['by']; doors: Partial<DoorSet>; mode: Mode }) {
  const plain = grantRequest({ grantKey: 'g1', doors: { ...NONE, ...doors }, modes: [mode], window });
  const { userIdentityKey, modes } = plain;
  const access = { by, userIdentityKey, doors: plain.doors, modes, asked: window, span: window, known: [], others: [], isLast: true };
  return { ...plain, lowLevel: access };
}

interface Asked {
  readonly make: string;
  readonly mode: Mode;
  readonly settings?: Partial<AcsSettings>;
}

async function credentialAskedOf({ make, mode, settings = {} }: Asked): Promise<unknown> {
  server.script({
    '/acs/entrances/list': [{ body: { acs_entrances: [{ acs_entrance_id: 'e1' }] } }],
    '/user_identities/create': [{ body: { user_identity: { user_identity_id: 'i1' } } }],
    '/acs/users/create': [{ body: { acs_user: { acs_user_id: 'u1' } } }],
    '/acs/systems/get': [{ body: { acs_system: { acs_system_id: 's1', external_type: make } } }],
    '/acs/credentials/create': [{ body: { acs_credential: { acs_credential_id: 'c1', access_method: mode } } }],
    '/acs/credentials/list_accessible_entrances': [{ body: { acs_entrances: [] } }],
  });
  const acs = { systemId: 's1', credentialManagerSystemId: 'm1', accessGroups: [], multiPhoneSync: true, ...settings };
  const adapter = createAcsAdapter({ apiKey, endpoint: server.url, fingerprints, codes });
  await adapter.grant(request({ by: { provider: 'acs', acs }, doors: { entrances: ['e1'] }, mode }), calm);
  return server.bodies.at(-1);
}

test('a mobile key syncs over phones and has the manager of the configuration; each make is told what its cards and keys need', async () => {
  const plain = { acs_user_id: 'u1', allowed_acs_entrance_ids: ['e1'], ...TIMES };
  const mobile = { ...plain, access_method: 'mobile_key', is_multi_phone_sync_credential: true, credential_manager_acs_system_id: 'm1' };
  const card = { ...plain, access_method: 'card' };
  const visionline = { visionline_metadata: { card_function_type: 'guest', auto_join: true } };
  const table: readonly (readonly [string, Mode, object])[] = [
    ['visionline_system', 'mobile_key', { ...mobile, ...visionline }],
    ['visionline_system', 'card', { ...card, ...visionline }],
    ['assa_abloy_vostio', 'mobile_key', { ...mobile, assa_abloy_vostio_metadata: { auto_join: true } }],
    ['salto_space_system', 'card', { ...card, salto_space_metadata: { assign_new_key: true } }],
    ['salto_space_system', 'mobile_key', mobile],
    ['salto_ks_site', 'card', card],
  ];
  for (const [make, mode, expected] of table) assert.deepEqual(await credentialAskedOf({ make, mode }), expected, `${make} ${mode}`);
});

test('a guest’s first key ends those of earlier guests where the property says so, and the next ones of the guest join it', async () => {
  const settings = { overridesEarlierKeys: true, cardFormat: 'rfid48' } as const;
  const metadata = async (make: string, mode: Mode) => {
    const { visionline_metadata: v, assa_abloy_vostio_metadata: vostio } = z
      .looseObject({})
      .parse(await credentialAskedOf({ make, mode, settings }));
    return v ?? vostio;
  };
  const first = { card_function_type: 'guest', override: true };
  assert.deepEqual(await metadata('visionline_system', 'card'), { ...first, card_format: 'rfid48' });
  assert.deepEqual(await metadata('visionline_system', 'mobile_key'), first);
  assert.deepEqual(await metadata('assa_abloy_vostio', 'card'), { override_all_guest_acs_entrances: true });
  assert.equal(await metadata('salto_ks_site', 'card'), undefined);
  // Not even for its own second mode.
  const present = { acs_credential_id: 'c0', access_method: 'card', ...TIMES };
  server.script({
    '/acs/entrances/list': [{ body: { acs_entrances: [{ acs_entrance_id: 'e1' }] } }],
    '/user_identities/get': [{ body: { user_identity: { user_identity_id: 'i1' } } }],
    '/acs/users/list': [{ body: { acs_users: [{ acs_user_id: 'u1' }] } }],
    '/acs/systems/get': [{ body: { acs_system: { acs_system_id: 's1', external_type: 'visionline_system' } } }],
    '/acs/credentials/list': [{ body: { acs_credentials: [present] } }],
    '/acs/credentials/create': [{ body: { acs_credential: { acs_credential_id: 'c1', access_method: 'mobile_key' } } }],
    '/acs/credentials/list_accessible_entrances': [{ body: { acs_entrances: [] } }],
  });
  const acs = { systemId: 's1', credentialManagerSystemId: null, accessGroups: [], multiPhoneSync: true, ...settings };
  const adapter = createAcsAdapter({ apiKey, endpoint: server.url, fingerprints, codes });
  await adapter.grant(request({ by: { provider: 'acs', acs }, doors: { entrances: ['e1'] }, mode: 'mobile_key' }), calm);
  assert.match(JSON.stringify(server.bodies.at(-1)), /"auto_join":true/);
});

test('a lock that computes its codes is asked for an offline one, told as the lock gave it, and known to outlive its revocation', async () => {
  const code = { access_code_id: 'c1', device_id: 'd1', code: '70021954', is_offline_access_code: true, status: 'set', ...TIMES };
  server.script({
    '/devices/list': [
      { body: { devices: [{ device_id: 'd1', can_program_online_access_codes: false, can_program_offline_access_codes: true }] } },
    ],
    '/access_codes/list': [{ body: { access_codes: [] } }],
    '/access_codes/create': [{ body: { access_code: code } }],
  });
  const adapter = createCodesAdapter({ apiKey, endpoint: server.url, fingerprints, codes });
  const reading = await adapter.grant(request({ by: { provider: 'access_codes' }, doors: { devices: ['d1'] }, mode: 'code' }), calm);
  const asked = { device_id: 'd1', name: 'g1', common_code_key: 'g1', ...TIMES, attempt_for_offline_device: true };
  assert.deepEqual(server.bodies, [{ ...asked, is_offline_access_code: true, max_time_rounding: '1h' }]);
  const [method] = reading.methods;
  assert.deepEqual([method?.state, method?.outlivesRevocation], ['issued', true]);
  assert.equal(method?.fingerprint, fingerprints.of({ secret: code.code, keyId: null }));
});

test('codes that others set on a lock by hand fill it, too', async () => {
  const byHand = Array.from({ length: 3 }, (_, i) => ({ access_code_id: `u${i}`, starts_at: null, ends_at: null }));
  server.script({
    '/devices/list': [{ body: { devices: [{ device_id: 'd1', display_name: 'Shed', properties: { max_active_codes_supported: 3 } }] } }],
    '/access_codes/list': [{ body: { access_codes: [] } }],
    '/access_codes/unmanaged/list': [{ body: { access_codes: byHand } }],
  });
  const adapter = createCodesAdapter({ apiKey, endpoint: server.url, fingerprints, codes });
  const asked = request({ by: { provider: 'access_codes' }, doors: { devices: ['d1'] }, mode: 'code' });
  await assert.rejects(adapter.grant(asked, calm), { type: 'ModeImpossible' });
});
