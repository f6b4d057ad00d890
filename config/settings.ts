/** Environment and configuration file together, as the roles that run the engine start: every mistake in both is told at once. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Configuration, channelsOf } from './configuration.ts';
import { ConfigurationError, type Problem } from './configuration-error.ts';
import { type Environment, inspectEnvironment, type Role } from './environment.ts';
import { parseConfiguration } from './properties.ts';
import { isSet, type Reading, type Variables } from './variables.ts';

const DEFAULT_FILE = 'latchkey.yaml';

/** Two properties whose doors the Seam stand-in has. */
export const exampleFile = fileURLToPath(new URL('./example.yaml', import.meta.url));

export interface Settings {
  readonly environment: Environment;
  readonly configuration: Configuration;
  /** The file that was read; `exampleFile` where there is none and the role is `start`. */
  readonly configPath: string;
}

/** @throws ConfigurationError with every problem of the environment and of the file */
export function loadSettings({ env, role }: { env: Variables; role: Role }): Settings {
  const configPath = configPathOf({ env, role });
  const file = readConfiguration(configPath);
  const channels = file.value === null ? [] : channelsOf(file.value);
  const { environment, problems } = inspectEnvironment({ env, role, channels });
  const all = [...problems, ...file.problems];
  if (environment === null || file.value === null || all.length > 0) throw new ConfigurationError(all);
  return { environment, configuration: file.value, configPath };
}

/** The file alone, for what needs none of the engine's secrets. @throws ConfigurationError with every problem of the file */
export const configurationOf = (env: Variables): Configuration => loadConfiguration(configPathOf({ env, role: 'start' }));

/** @throws ConfigurationError with every problem of the file */
export function loadConfiguration(path: string): Configuration {
  const { value, problems } = readConfiguration(path);
  if (value === null) throw new ConfigurationError(problems);
  return value;
}

function configPathOf({ env, role }: { env: Variables; role: Role }): string {
  if (isSet(env, 'LATCHKEY_CONFIG')) return env['LATCHKEY_CONFIG']?.trim() ?? DEFAULT_FILE;
  return role === 'start' && !existsSync(DEFAULT_FILE) ? exampleFile : DEFAULT_FILE;
}

function readConfiguration(path: string): Reading<Configuration> {
  try {
    return parseConfiguration({ text: readFileSync(path, 'utf8'), file: path });
  } catch (error) {
    return { value: null, problems: [unreadable({ path, error })] };
  }
}

function unreadable({ path, error }: { path: string; error: unknown }): Problem {
  if (!(error instanceof Error && 'code' in error)) throw error;
  const what = error.code === 'ENOENT' ? `there is no file ${path}` : `cannot read ${path} (${String(error.code)})`;
  return { where: 'LATCHKEY_CONFIG', what, remedy: 'Name the configuration file, or put latchkey.yaml into the working folder' };
}
