/**
 * Everything that comes from environment variables, parsed once. Only composition roots call this, with `process.env`; `demo`,
 * `bench` and tests hand over a record without the variables of outside services, so that they can't touch real doors.
 */
import type { Channel } from '../workflows/domain/property.ts';
import { type ApiToken, readTokens } from './api-tokens.ts';
import { ConfigurationError, type Problem } from './configuration-error.ts';
import { ENCRYPTION, type EncryptionKey } from './encryption-keys.ts';
import { type EngineSettings, readEngine } from './engine-variables.ts';
import { MAIL, type MailSettings, SEAM, type SeamSettings, SMS, type SmsSettings } from './outside-services.ts';
import { readTemporal, type TemporalSettings } from './temporal-variables.ts';
import { type Reading, readGroup, type Variables } from './variables.ts';

export type Role = 'start' | 'worker' | 'serve' | 'cli';

/** null: not set. Under `worker` and `serve` only a channel that no property uses can be. Holds secrets: never log it. */
export interface Environment {
  readonly engine: EngineSettings;
  readonly temporal: TemporalSettings | null;
  readonly seam: SeamSettings | null;
  readonly mail: MailSettings | null;
  readonly sms: SmsSettings | null;
  readonly tokens: readonly ApiToken[] | null;
  readonly encryptionKeys: readonly EncryptionKey[] | null;
}

/** The environment as far as it is valid, and everything that is wrong with it. */
export interface EnvironmentReading {
  readonly environment: Environment | null;
  readonly problems: readonly Problem[];
}

interface EnvironmentInput {
  readonly env: Variables;
  readonly role: Role;
  /** Channels that the configuration uses: `worker` and `serve` need their services. Left out: none. */
  readonly channels?: readonly Channel[];
}

/** @throws ConfigurationError naming every variable that is missing or wrong */
export function readEnvironment(input: EnvironmentInput): Environment {
  const { environment, problems } = inspectEnvironment(input);
  if (environment === null || problems.length > 0) throw new ConfigurationError(problems);
  return environment;
}

export function inspectEnvironment({ env, role, channels = [] }: EnvironmentInput): EnvironmentReading {
  const production = role === 'worker' || role === 'serve';
  const engine = readEngine(env);
  const temporal = readTemporal({ env, needed: production });
  const seam = readGroup({ env, group: SEAM, needed: production });
  const mail = readGroup({ env, group: MAIL, needed: production && channels.includes('email') });
  const sms = readGroup({ env, group: SMS, needed: production && channels.includes('sms') });
  const tokens = readTokens({ env, needed: production });
  const encryptionKeys = readGroup({ env, group: ENCRYPTION, needed: production });
  const groups: readonly Reading<unknown>[] = [temporal, seam, mail, sms, tokens, encryptionKeys, engine];
  const problems = [...groups.flatMap((group) => group.problems), ...openDoor({ role, engine, tokens })];
  if (engine.value === null) return { environment: null, problems };
  return {
    environment: {
      engine: engine.value,
      temporal: temporal.value,
      seam: seam.value,
      mail: mail.value,
      sms: sms.value,
      tokens: tokens.value,
      encryptionKeys: encryptionKeys.value,
    },
    problems,
  };
}

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|::1|::ffff:127(\.\d{1,3}){3})$/i;

export const isLoopback = (host: string): boolean => LOOPBACK.test(host);

/** Tokens that `start` makes are for this machine. Whoever opens a port to others chooses who gets in. */
function openDoor({
  role,
  engine,
  tokens,
}: {
  role: Role;
  engine: Reading<EngineSettings>;
  tokens: Reading<readonly ApiToken[]>;
}): readonly Problem[] {
  const host = engine.value?.host ?? '127.0.0.1';
  if (role !== 'start' || isLoopback(host) || tokens.value !== null || tokens.problems.length > 0) return [];
  const remedy = 'Set LATCHKEY_API_TOKENS or LATCHKEY_TOKENS_FILE, or listen on 127.0.0.1';
  return [{ where: 'LATCHKEY_HOST', what: 'is open to other machines, and no API tokens are set', remedy }];
}
