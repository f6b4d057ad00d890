/** Which Seam workspace a command of the set-up speaks to: the configured one, or the stand-in of an `npm start` on this machine. */
import type { SeamConnection } from '../../activities/adapters/seam/calls.ts';
import { ConfigurationError } from '../../config/configuration-error.ts';
import { readEngine } from '../../config/engine-variables.ts';
import { readLocalPorts } from '../../config/local-ports.ts';
import { SEAM_ENDPOINT } from '../../config/outside-services.ts';
import { findSecrets } from '../../config/secrets.ts';
import { isSet, type Variables } from '../../config/variables.ts';
import { UsageError } from './failure.ts';

/** Milliseconds, on this machine. */
const ANSWERS_WITHIN = 1_000;

/** The secret of a webhook is not needed: before the first `doors` there is none. @throws UsageError, ConfigurationError */
export function seamOf(env: Variables): SeamConnection {
  const configured = configuredSeam(env) ?? standInSeam(env);
  if (configured !== null) return configured;
  throw new UsageError(
    'No Seam workspace is known here. Set SEAM_API_KEY to an API key of your workspace, or run `npm start` first, whose stand-in has doors to try.',
  );
}

function configuredSeam(env: Variables): SeamConnection | null {
  if (!isSet(env, 'SEAM_API_KEY')) return null;
  const endpoint = isSet(env, 'SEAM_ENDPOINT') ? (env['SEAM_ENDPOINT']?.trim() ?? SEAM_ENDPOINT) : SEAM_ENDPOINT;
  if (!URL.canParse(endpoint)) throw new UsageError(`SEAM_ENDPOINT ${JSON.stringify(endpoint)} is no web address.`);
  return { apiKey: env['SEAM_API_KEY']?.trim() ?? '', endpoint };
}

/** The stand-in of an `npm start`, if it runs now. */
export async function runningStandIn(env: Variables): Promise<SeamConnection | null> {
  const standIn = standInSeam(env);
  if (standIn === null) return null;
  const answers = await fetch(standIn.endpoint, { signal: AbortSignal.timeout(ANSWERS_WITHIN) }).then(
    () => true,
    () => false,
  );
  return answers ? standIn : null;
}

/** null where none was ever started here. */
function standInSeam(env: Variables): SeamConnection | null {
  const engine = readEngine(env);
  if (engine.value === null) throw new ConfigurationError(engine.problems);
  const { dataDir } = engine.value;
  const apiKey = findSecrets(dataDir)?.seam.apiKey ?? null;
  const port = readLocalPorts(dataDir)?.seam ?? 0;
  return apiKey === null || port === 0 ? null : { apiKey, endpoint: `http://127.0.0.1:${port}` };
}
