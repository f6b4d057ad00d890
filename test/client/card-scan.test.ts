import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cardScanner } from '../../client/card-scan.ts';
import { startScriptedServer } from '../support/scripted-server.ts';

const scanned = (change: object) => ({ body: { action_attempt: { action_attempt_id: 'a1', action_type: 'SCAN_CREDENTIAL', ...change } } });
const pending = scanned({ status: 'pending', result: null, error: null });

test('a card that is read tells its times and doors; one that Seam does not know opens nothing that is known; errors keep their code', async () => {
  const server = await startScriptedServer();
  let now = 0;
  const read = cardScanner({
    seam: { apiKey: 'seam_test_scan', endpoint: server.url },
    now: () => now,
    pause: async (ms) => void (now += ms),
  });
  const card = { card_number: '0049117', starts_at: '2026-12-01T15:00:00Z', ends_at: null };
  const success = (seam: object | null) =>
    scanned({ status: 'success', result: { acs_credential_on_encoder: card, acs_credential_on_seam: seam, warnings: [] } });
  const times = { cardNumber: '0049117', startsAt: '2026-12-01T15:00:00Z', endsAt: null };
  server.script({
    '/acs/encoders/scan_credential': [pending],
    '/action_attempts/get': [
      pending,
      success({ acs_credential_id: 'c1' }),
      success(null),
      scanned({ status: 'error', error: { type: 'encoder_not_online' } }),
      pending,
    ],
    '/acs/credentials/list_accessible_entrances': [{ body: { acs_entrances: [{ acs_entrance_id: 'e1', display_name: 'Room 101' }] } }],
  });
  assert.deepEqual(await read('encoder'), { kind: 'card', card: { ...times, doors: [{ id: 'e1', name: 'Room 101' }] } });
  assert.deepEqual(await read('encoder'), { kind: 'card', card: { ...times, doors: null } });
  assert.deepEqual(await read('encoder'), { kind: 'failed', code: 'encoder_not_online' });
  assert.deepEqual(await read('encoder'), { kind: 'failed', code: 'action_attempt_expired' });
  await server.stop();
});
