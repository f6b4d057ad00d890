import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { ConfigurationError } from '../../config/configuration-error.ts';
import { type Environment, type Role, readEnvironment } from '../../config/environment.ts';
import type { Variables } from '../../config/variables.ts';
import type { Channel } from '../../workflows/domain/property.ts';

const folder = mkdtempSync(join(tmpdir(), 'latchkey-environment-'));
after(() => rmSync(folder, { recursive: true }));
/** Without it the test would read the profile file of whoever runs it. */
const BARE = { HOME: folder, XDG_CONFIG_HOME: folder, APPDATA: folder };
const KEY = randomBytes(32).toString('base64');
const SID = 'AC0123456789abcdef0123456789abcdef';
const GROUPS = {
  temporal: { TEMPORAL_ADDRESS: '127.0.0.1:7233', TEMPORAL_NAMESPACE: 'stays' },
  seam: { SEAM_API_KEY: 'seam_live_1', SEAM_WEBHOOK_SECRET: 'whsec_MDEyMzQ1Njc4OWFiY2RlZg==' },
  mail: { SMTP_URL: 'smtps://u:p%40ss@mail.example.com', MAIL_FROM: 'Harbour House <stay@harbour.example>' },
  sms: { TWILIO_ACCOUNT_SID: SID, TWILIO_AUTH_TOKEN: 'auth-token-value', TWILIO_FROM: '+15005550006' },
  tokens: { LATCHKEY_API_TOKENS: 'pms:pms-token-0123456789,operator:operator-token-01234' },
  keys: { LATCHKEY_ENCRYPTION_KEYS: `k2:${KEY},k1:${KEY}` },
} as const;
const FULL: Variables = Object.assign({}, BARE, ...Object.values(GROUPS));
const BOTH: readonly Channel[] = ['email', 'sms'];

const read = (env: Variables, role: Role = 'serve'): Environment => readEnvironment({ env: { ...BARE, ...env }, role, channels: BOTH });

function problemsOf(env: Variables, role: Role = 'serve', channels = BOTH): ConfigurationError {
  try {
    readEnvironment({ env: { ...BARE, ...env }, role, channels });
  } catch (error) {
    assert.ok(error instanceof ConfigurationError, String(error));
    return error;
  }
  throw new assert.AssertionError({ message: 'the environment was taken' });
}

const namesIn = (error: ConfigurationError): readonly string[] => error.problems.map(({ where }) => where);

test('with nothing set, start has the documented defaults and a stand-in for every service', () => {
  const { engine, ...services } = read({}, 'start');
  assert.deepEqual(services, { temporal: null, seam: null, mail: null, sms: null, tokens: null, encryptionKeys: null });
  assert.deepEqual(engine, {
    configPath: null,
    dataDir: '.latchkey',
    host: '127.0.0.1',
    port: 8080,
    publicUrl: null,
    trustProxy: false,
    deployment: 'latchkey',
    taskQueue: 'latchkey',
    logLevel: null,
  });
});

test('a whole environment is read, secrets split by comma and defaults of the services filled in', () => {
  const env = read({
    ...FULL,
    SEAM_WEBHOOK_SECRET: 'whsec_MDEyMzQ1Njc4OWFiY2RlZg==, whsec_YTEyMzQ1Njc4OWFiY2RlZg==',
    LATCHKEY_PUBLIC_URL: 'https://keys.example.com/',
  });
  assert.equal(env.temporal?.connectionOptions.address, '127.0.0.1:7233');
  assert.equal(env.temporal.namespace, 'stays');
  assert.equal(env.seam?.webhookSecrets.length, 2);
  assert.equal(env.seam.endpoint, 'https://connect.getseam.com');
  assert.deepEqual(env.sms, { accountSid: SID, authToken: 'auth-token-value', sender: { from: '+15005550006' }, apiUrl: null });
  assert.deepEqual(
    env.encryptionKeys?.map(({ id, key }) => [id, key.length]),
    [
      ['k2', 32],
      ['k1', 32],
    ],
  );
  assert.deepEqual(
    env.tokens?.map(({ name, role }) => [name, role]),
    [
      ['pms', 'pms'],
      ['operator', 'operator'],
    ],
  );
  assert.equal(env.engine.publicUrl, 'https://keys.example.com');
});

test('a group that is set in part is an error naming exactly the variable that is missing, under start as well', () => {
  const required = [...Object.keys(GROUPS.seam), ...Object.keys(GROUPS.mail), ...Object.keys(GROUPS.sms)];
  for (const missing of required) {
    for (const role of ['start', 'serve', 'worker', 'cli'] as const) {
      const error = problemsOf({ ...FULL, [missing]: '' }, role);
      assert.equal(error.problems.length, 1, missing);
      assert.match(error.problems[0]?.where ?? '', new RegExp(`\\b${missing}\\b`));
      assert.match(error.message, new RegExp(`${missing}.*is not set, but`));
    }
  }
  assert.deepEqual(namesIn(problemsOf({ SEAM_ENDPOINT: 'https://seam.example.com' }, 'start')), ['SEAM_API_KEY', 'SEAM_WEBHOOK_SECRET']);
  assert.deepEqual(namesIn(problemsOf({ TEMPORAL_NAMESPACE: 'stays' }, 'start')), ['TEMPORAL_ADDRESS']);
  assert.deepEqual(namesIn(problemsOf({ ...GROUPS.temporal, TEMPORAL_TLS_CLIENT_CERT_DATA: 'x' }, 'start')), [
    'TEMPORAL_TLS_CLIENT_KEY_PATH',
  ]);
  assert.match(
    problemsOf({ ...FULL, TWILIO_MESSAGING_SERVICE_SID: `MG${'0'.repeat(32)}` }).message,
    /TWILIO_FROM or TWILIO_MESSAGING_SERVICE_SID: are set together/,
  );
});

test('worker and serve name every missing variable at once, and need only the channels that are used', () => {
  const needed = ['TEMPORAL_ADDRESS', 'SEAM_API_KEY', 'SEAM_WEBHOOK_SECRET'];
  const secrets = ['LATCHKEY_API_TOKENS or LATCHKEY_TOKENS_FILE', 'LATCHKEY_ENCRYPTION_KEYS'];
  const sms = ['TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN', 'TWILIO_FROM or TWILIO_MESSAGING_SERVICE_SID'];
  for (const role of ['worker', 'serve'] as const) {
    assert.deepEqual(namesIn(problemsOf({}, role)), [...needed, 'SMTP_URL', 'MAIL_FROM', ...sms, ...secrets]);
    assert.deepEqual(namesIn(problemsOf({}, role, ['email'])), [...needed, 'SMTP_URL', 'MAIL_FROM', ...secrets]);
    assert.deepEqual(namesIn(problemsOf({}, role, ['sms'])), [...needed, ...sms, ...secrets]);
  }
});

test('a port open to other machines is refused while no tokens are set', () => {
  for (const host of ['0.0.0.0', '::', '192.168.1.4', 'keys.example.com'])
    assert.match(problemsOf({ LATCHKEY_HOST: host }, 'start').message, /LATCHKEY_HOST: is open .*LATCHKEY_API_TOKENS/);
  for (const host of ['127.0.0.1', 'localhost', '::1']) assert.equal(read({ LATCHKEY_HOST: host }, 'start').engine.host, host);
  assert.equal(read({ LATCHKEY_HOST: '0.0.0.0', ...GROUPS.tokens }, 'start').engine.host, '0.0.0.0');
});

test('a value that is wrong is told by its variable and what was expected, never by what it holds', () => {
  const wrong: Record<string, string> = {
    SEAM_WEBHOOK_SECRET: 'wrongwrong',
    SEAM_ENDPOINT: 'ftp://wrongwrong',
    SMTP_URL: 'http://wrongwrong',
    MAIL_FROM: 'wrongwrong',
    TWILIO_ACCOUNT_SID: 'wrongwrong',
    TWILIO_FROM: 'wrongwrongwrong',
    TWILIO_API_URL: 'wrongwrong',
    LATCHKEY_PORT: 'wrongwrong',
    LATCHKEY_PUBLIC_URL: 'https://user:wrongwrong@x.example',
    LATCHKEY_TRUST_PROXY: 'wrongwrong',
    LATCHKEY_DEPLOYMENT: 'wrong:wrong',
    LATCHKEY_LOG_LEVEL: 'wrongwrong',
    LATCHKEY_API_TOKENS: 'pms:wrongwrong',
    LATCHKEY_ENCRYPTION_KEYS: `k1:${KEY},wrongwrong`,
  };
  const error = problemsOf({ ...FULL, ...wrong });
  assert.deepEqual([...namesIn(error)].sort(), Object.keys(wrong).sort());
  for (const { what } of error.problems) assert.match(what, /expected/);
  assert.doesNotMatch(error.message, /wrong/);
  const twice = problemsOf({ ...FULL, LATCHKEY_ENCRYPTION_KEYS: `k1:${KEY},k1:${KEY}` });
  assert.match(twice.message, /another id for each key/);
});

test('proxies are trusted as all, by number or by address', () => {
  const trusted = (text: string): unknown => read({ LATCHKEY_TRUST_PROXY: text }, 'start').engine.trustProxy;
  assert.deepEqual(
    [trusted('true'), trusted('false'), trusted('2'), trusted('10.0.0.0/8, loopback,fd00::/8')],
    [true, false, 2, ['10.0.0.0/8', 'loopback', 'fd00::/8']],
  );
});
