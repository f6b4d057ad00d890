import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { type Environment, readEnvironment } from '../../config/environment.ts';
import type { Variables } from '../../config/variables.ts';

const folder = mkdtempSync(join(tmpdir(), 'latchkey-environment-'));
after(() => rmSync(folder, { recursive: true }));

const read = (env: Variables): Environment =>
  readEnvironment({ env: { HOME: folder, XDG_CONFIG_HOME: folder, APPDATA: folder, ...env }, role: 'start' });

function complaintOf(env: Variables): string {
  try {
    read(env);
  } catch (error) {
    return String(error);
  }
  throw new assert.AssertionError({ message: 'the environment was taken' });
}

test('a Temporal profile file counts as configured, and a profile that is asked for must be there', () => {
  const file = join(folder, 'profiles.toml');
  writeFileSync(
    file,
    '[profile.default]\naddress = "a.example:7233"\n[profile.cloud]\naddress = "b.example:7233"\nnamespace = "ns.acct"\napi_key = "cloud-key"\n',
  );
  assert.equal(read({ TEMPORAL_CONFIG_FILE: file }).temporal?.connectionOptions.address, 'a.example:7233');
  const cloud = read({ TEMPORAL_CONFIG_FILE: file, TEMPORAL_PROFILE: 'cloud', TEMPORAL_NAMESPACE: '' }).temporal;
  assert.deepEqual([cloud?.namespace, cloud?.connectionOptions.apiKey, cloud?.connectionOptions.tls], ['ns.acct', 'cloud-key', true]);
  assert.match(complaintOf({ TEMPORAL_CONFIG_FILE: file, TEMPORAL_PROFILE: 'none' }), /Profile 'none' not found/);
  writeFileSync(file, '[profile.default]\napi_key = "cloud-key\n');
  assert.doesNotMatch(complaintOf({ TEMPORAL_CONFIG_FILE: file }), /cloud-key/);
  assert.equal(read({ TEMPORAL_DEBUG: '1' }).temporal, null);
});

test('a file of token hashes gives names and scopes, and its mistakes are told with their line', () => {
  const hash = createHash('sha256').update('a-token-of-mews').digest('hex').toUpperCase();
  const file = join(folder, 'tokens.yaml');
  writeFileSync(
    file,
    `- name: mews\n  role: pms\n  sha256: ${hash}\n  sources: [mews-lisbon]\n- { name: desk, role: viewer, sha256: ${hash} }\n`,
  );
  const tokens = read({ LATCHKEY_TOKENS_FILE: file }).tokens;
  assert.deepEqual(tokens?.[0], {
    name: 'mews',
    role: 'pms',
    sha256: hash.toLowerCase(),
    secret: null,
    sources: ['mews-lisbon'],
    properties: null,
  });
  writeFileSync(file, `- name: mews\n  role: boss\n  sha256: ${hash}\n`);
  assert.match(complaintOf({ LATCHKEY_TOKENS_FILE: file }), /tokens\.yaml:2 \[0\]\.role: expected one of "pms"/);
  assert.match(complaintOf({ LATCHKEY_TOKENS_FILE: join(folder, 'none') }), /LATCHKEY_TOKENS_FILE: cannot read/);
  assert.match(complaintOf({ LATCHKEY_API_TOKENS: 'pms:pms-token-0123456789', LATCHKEY_TOKENS_FILE: file }), /are set together/);
});
