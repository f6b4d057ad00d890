import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { type ApiToken, unscopedToken } from '../../config/api-tokens.ts';
import { readEnvironment } from '../../config/environment.ts';
import { loadSecrets } from '../../config/secrets.ts';
import { createTokenCheck } from '../../config/tokens.ts';

const folder = mkdtempSync(join(tmpdir(), 'latchkey-secrets-'));
after(() => rmSync(folder, { recursive: true }));
const modeOf = (path: string): number => statSync(path).mode & 0o777;

test('secrets are made once, for their owner only, and found again', () => {
  const dataDir = join(folder, 'deep', 'data');
  const first = loadSecrets(dataDir);
  assert.deepEqual([modeOf(dataDir), modeOf(first.path)], [0o700, 0o600]);
  assert.deepEqual(readdirSync(dataDir), ['secrets.json']);
  chmodSync(first.path, 0o644);
  assert.deepEqual(loadSecrets(dataDir), first);
  assert.equal(modeOf(first.path), 0o600);
  assert.notDeepEqual(loadSecrets(join(folder, 'other')).encryptionKeys, first.encryptionKeys);
});

test('what was made is what the environment takes, in the forms of the real services', () => {
  const { path, tokens, encryptionKeys, seam, sms } = loadSecrets(join(folder, 'forms'));
  const kept: unknown = JSON.parse(readFileSync(path, 'utf8'));
  assert.ok(typeof kept === 'object' && kept !== null && 'encryptionKeys' in kept && Array.isArray(kept.encryptionKeys));
  const environment = readEnvironment({
    role: 'start',
    env: {
      XDG_CONFIG_HOME: folder,
      SEAM_API_KEY: seam.apiKey,
      SEAM_WEBHOOK_SECRET: seam.webhookSecret,
      TWILIO_ACCOUNT_SID: sms.accountSid,
      TWILIO_AUTH_TOKEN: sms.authToken,
      TWILIO_FROM: '+15005550006',
      LATCHKEY_API_TOKENS: tokens.map(({ role, secret }) => `${role}:${secret}`).join(','),
      LATCHKEY_ENCRYPTION_KEYS: kept.encryptionKeys.join(','),
    },
  });
  assert.deepEqual(environment.tokens, tokens);
  assert.deepEqual(environment.encryptionKeys, encryptionKeys);
});

test('a file that was damaged stops the start, and is not made anew over what it was the key to', () => {
  const { path } = loadSecrets(join(folder, 'damaged'));
  for (const content of ['', '{"tokens":', '{}']) {
    writeFileSync(path, content);
    assert.throws(() => loadSecrets(join(folder, 'damaged')), {
      name: 'ConfigurationError',
      message: /secrets\.json: is not the file .* Restore it/,
    });
    assert.equal(readFileSync(path, 'utf8'), content);
  }
});

test('a token is found by its whole text only, and brings its name, role and scope', () => {
  const scoped: ApiToken = {
    name: 'mews',
    role: 'pms',
    sha256: createHash('sha256').update('mews-token-0123456789').digest('hex'),
    secret: null,
    sources: ['mews-lisbon'],
    properties: null,
  };
  const check = createTokenCheck([unscopedToken({ name: 'operator', role: 'operator', secret: 'operator-token-0123' }), scoped]);
  assert.deepEqual(check.find('mews-token-0123456789'), { name: 'mews', role: 'pms', sources: ['mews-lisbon'], properties: null });
  assert.equal(check.find('operator-token-0123')?.role, 'operator');
  for (const stranger of ['', 'mews-token-012345678', 'mews-token-01234567890', 'MEWS-TOKEN-0123456789', scoped.sha256, 'undefined'])
    assert.equal(check.find(stranger), null);
  assert.equal(createTokenCheck([]).find(''), null);
});
