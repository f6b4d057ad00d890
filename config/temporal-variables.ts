/** Where Temporal is, by the standard variables and profile file that Temporal's own tools read (`@temporalio/envconfig`). */
import { type ClientConfigProfile, type ClientConnectConfig, loadClientConfigProfile, toClientOptions } from '@temporalio/envconfig';
import type { Problem } from './configuration-error.ts';
import { isSet, type Reading, type Variables } from './variables.ts';

export interface TemporalSettings {
  /** For `NativeConnection.connect` and `Connection.connect` alike. May hold an API key and a private key. */
  readonly connectionOptions: ClientConnectConfig['connectionOptions'];
  readonly namespace: string;
}

/** Those that say where Temporal is; others, such as TEMPORAL_DEBUG, only tune the SDK. */
const RELEVANT = /^TEMPORAL_(ADDRESS|NAMESPACE|API_KEY|PROFILE|CONFIG_FILE|TLS|TLS_\w+|GRPC_META_\w+)$/;
const ADDRESS_REMEDY = 'Set it to host:port of your Temporal server, or name a profile of temporal.toml by TEMPORAL_PROFILE';

/** null without problems: neither a variable nor a profile file says anything. */
export function readTemporal({ env, needed }: { env: Variables; needed: boolean }): Reading<TemporalSettings> {
  const set = Object.keys(env).filter((name) => RELEVANT.test(name) && isSet(env, name));
  try {
    const profile = loadClientConfigProfile({ overrideEnvVars: readable(env) });
    if (set.length === 0 && Object.keys(profile).length === 0 && !needed) return { value: null, problems: [] };
    const problems = missing({ profile, set });
    if (problems.length > 0) return { value: null, problems };
    const { connectionOptions, namespace } = toClientOptions(profile);
    return { value: { connectionOptions, namespace: namespace ?? 'default' }, problems: [] };
  } catch (error) {
    return {
      value: null,
      problems: [{ where: set[0] ?? 'temporal.toml', what: firstLine(error), remedy: 'Mend the profile file or the TEMPORAL_ variables' }],
    };
  }
}

function missing({ profile, set }: { profile: ClientConfigProfile; set: readonly string[] }): readonly Problem[] {
  const { address, tls } = profile;
  const problems: Problem[] = [];
  if (address === undefined)
    problems.push({
      where: 'TEMPORAL_ADDRESS',
      what: set.length === 0 ? 'is not set (Temporal)' : `is not set, but ${set.join(', ')} is`,
      remedy: ADDRESS_REMEDY,
    });
  const halves = [
    ['TEMPORAL_TLS_CLIENT_CERT_PATH', tls?.clientCert],
    ['TEMPORAL_TLS_CLIENT_KEY_PATH', tls?.clientKey],
  ] as const;
  const absent = halves.filter(([, half]) => half === undefined);
  if (absent.length === 1)
    problems.push({
      where: absent[0]?.[0] ?? '',
      what: 'is not set, but the other half of the client certificate is',
      remedy: 'Set certificate and key, or neither',
    });
  return problems;
}

/** An empty variable would override the profile file; only for gRPC metadata it has a meaning: it takes a header away. */
function readable(env: Variables): Record<string, string> {
  const entries = Object.entries(env).filter(([name]) => isSet(env, name) || name.startsWith('TEMPORAL_GRPC_META_'));
  return Object.fromEntries(entries.map(([name, value]) => [name, value ?? '']));
}

/** The rest of a TOML error quotes the file, which may hold an API key. */
const firstLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n')[0]?.trim() ?? 'cannot be read';
