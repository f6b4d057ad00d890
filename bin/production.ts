/** What a production role works with: everything is really there, or the role does not start. */
import type { ApiToken } from '../config/api-tokens.ts';
import type { Configuration } from '../config/configuration.ts';
import { ConfigurationError } from '../config/configuration-error.ts';
import type { EncryptionKey } from '../config/encryption-keys.ts';
import type { EngineSettings } from '../config/engine-variables.ts';
import type { MailSettings, SeamSettings, SmsSettings } from '../config/outside-services.ts';
import { loadSettings } from '../config/settings.ts';
import type { TemporalSettings } from '../config/temporal-variables.ts';
import type { Variables } from '../config/variables.ts';

export interface Production {
  readonly engine: EngineSettings;
  readonly configuration: Configuration;
  readonly temporal: TemporalSettings;
  readonly seam: SeamSettings;
  /** null: no property uses the channel. */
  readonly mail: MailSettings | null;
  readonly sms: SmsSettings | null;
  readonly tokens: readonly ApiToken[];
  readonly encryptionKeys: readonly EncryptionKey[];
}

/** @throws ConfigurationError naming everything that is missing or wrong */
export function production({ env, role }: { env: Variables; role: 'worker' | 'serve' }): Production {
  const { environment, configuration } = loadSettings({ env, role });
  const { engine, temporal, seam, mail, sms, tokens, encryptionKeys } = environment;
  if (temporal === null || seam === null || tokens === null || encryptionKeys === null)
    throw new ConfigurationError([
      { where: role, what: 'is not configured in full', remedy: 'Set the variables of Temporal, Seam, tokens and encryption keys' },
    ]);
  return { engine, configuration, temporal, seam, mail, sms, tokens, encryptionKeys };
}
