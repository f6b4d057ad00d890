/**
 * `npm run demo`: one reservation from booking to checkout, on a real Temporal server, over real HTTP and SMTP. Every outside service is
 * a stand-in, whatever the environment says: a demo never touches real doors or real people.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbedded } from '../bin/embedded.ts';
import { live } from '../bin/lifetime.ts';
import { failureText } from '../client/cli/failure.ts';
import type { Configuration } from '../config/configuration.ts';
import { readEngine } from '../config/engine-variables.ts';
import { createLogger } from '../config/log.ts';
import { exampleFile, loadConfiguration } from '../config/settings.ts';
import { playDemo } from './demo-stay.ts';

/** The example, but access ends with the stay: a person who watches does not wait for half an hour. */
function demoConfiguration(): Configuration {
  const { properties, privacy } = loadConfiguration(exampleFile);
  const punctual = [...properties].map(([id, property]) => [id, { ...property, access: { ...property.access, closesAfter: 0 } }] as const);
  return { properties: new Map(punctual), privacy };
}

async function demo(dataDir: string): Promise<void> {
  const cli = process.env['LATCHKEY_TEMPORAL_CLI'];
  const env = { LATCHKEY_DATA_DIR: dataDir, LATCHKEY_PORT: '0', ...(cli === undefined ? {} : { LATCHKEY_TEMPORAL_CLI: cli }) };
  const { value: engine } = readEngine(env);
  if (engine === null) throw new Error('the settings of the demo are not valid');
  const environment = { engine, temporal: null, seam: null, mail: null, sms: null, tokens: null, encryptionKeys: null };
  const log = createLogger({ role: 'start', level: 'error' });
  // Until the end is reached: also when it is interrupted.
  process.exitCode = 1;
  await live({
    log,
    open: async (lifetime) => {
      const embedded = await openEmbedded({ lifetime, log, env, environment, configuration: demoConfiguration(), state: 'memory' });
      const wentWell = await playDemo({ embedded, dataDir, signal: lifetime.ending });
      if (wentWell) process.exitCode = 0;
      lifetime.end();
    },
  });
}

const dataDir = mkdtempSync(join(tmpdir(), 'latchkey-demo-'));
try {
  await demo(dataDir);
} catch (error) {
  console.error(failureText(error));
  process.exitCode = 1;
} finally {
  rmSync(dataDir, { recursive: true, force: true });
}
