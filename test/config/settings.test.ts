import assert from 'node:assert/strict';
import { test } from 'node:test';
import { channelsOf } from '../../config/configuration.ts';
import { ConfigurationError } from '../../config/configuration-error.ts';
import { duration } from '../../config/duration.ts';
import { parseConfiguration } from '../../config/properties.ts';
import { loadSettings } from '../../config/settings.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

function usedBy(text: string): readonly string[] {
  const { value } = parseConfiguration({ text, file: 'x.yaml' });
  return value === null ? [] : channelsOf(value);
}

test('durations are weeks to seconds, may be zero, and never have years, months or a sign', () => {
  assert.deepEqual(['PT0S', 'P0D', 'P1W', 'P30D', 'P1DT2H3M4S', 'PT1.5H', 'PT0.25S'].map(duration), [
    0,
    0,
    7 * 24 * HOUR,
    720 * HOUR,
    26 * HOUR + 3 * MINUTE + 4000,
    90 * MINUTE,
    250,
  ]);
  for (const text of ['', 'P', 'PT', 'P1DT', 'P1Y', 'P1M', '-PT1H', 'PT1', '1h', 'P1.5D', 'PT1H ', 'P99999D', `PT${'9'.repeat(400)}S`])
    assert.equal(duration(text), null, text);
});

test('only channels that a property uses are needed', () => {
  const text = `properties:\n  a: { timeZone: Etc/UTC, units: {}, messages: { channels: [sms] } }\n`;
  assert.deepEqual(usedBy(text), ['sms']);
  assert.deepEqual(usedBy(`${text}  b: { timeZone: Etc/UTC, units: {} }\n`), ['sms', 'email']);
});

test('without a file start runs the example, and the other roles tell what is missing in file and environment together', () => {
  const { configuration, configPath } = loadSettings({
    env: { LATCHKEY_CONFIG: '', XDG_CONFIG_HOME: '/nonexistent', APPDATA: '/nonexistent' },
    role: 'start',
  });
  assert.match(configPath, /example\.yaml$/);
  assert.ok(configuration.properties.has('harbour-house'));
  const bare = { LATCHKEY_CONFIG: '/nonexistent/latchkey.yaml', XDG_CONFIG_HOME: '/nonexistent', APPDATA: '/nonexistent' };
  assert.throws(
    () => loadSettings({ env: bare, role: 'serve' }),
    (error) => error instanceof ConfigurationError && /SEAM_API_KEY/.test(error.message) && /there is no file/.test(error.message),
  );
  assert.throws(() => loadSettings({ env: bare, role: 'start' }), /there is no file \/nonexistent/);
});
