/** What `start` tells a person: what is real, what stands in, where things are, and what to try. */
import { plain, table } from '../client/cli/terminal-text.ts';
import type { Environment } from '../config/environment.ts';
import { exampleFile } from '../config/settings.ts';
import { isSet, type Variables } from '../config/variables.ts';
import type { Embedded } from './embedded.ts';

interface Overview {
  readonly embedded: Embedded;
  readonly environment: Environment;
  readonly configPath: string;
  /** A booking to try, or null. */
  readonly example: string | null;
  readonly env: Variables;
}

export function overview({ embedded, environment, configPath, example, env }: Overview): string {
  const { secrets, url } = embedded;
  const isExample = configPath === exampleFile;
  const lines = [
    table([['SERVICE', 'IS', 'WHERE'], ...services({ embedded, environment })]),
    '',
    `configuration  ${configPath}${isExample ? ' (the example; your own goes into latchkey.yaml)' : ''}`,
    `secrets        ${secrets.path}`,
    ...(embedded.outside.mailbox === null ? [] : [`mailbox        ${url}/dev/mailbox`]),
    ...(example === null ? [] : ['', 'Make a booking from another terminal, and watch the mailbox:', `  ${command({ env, example })}`]),
    '',
  ];
  return lines.map((line) => line.split('\n').map(plain).join('\n')).join('\n');
}

function services({ embedded, environment }: Pick<Overview, 'embedded' | 'environment'>): readonly (readonly string[])[] {
  const { devTemporal, outside, url } = embedded;
  const { engine, temporal, seam } = environment;
  return [
    devTemporal === null
      ? ['Temporal', 'real', `namespace ${temporal?.namespace ?? ''}`]
      : ['Temporal', 'stand-in', `dev server at ${devTemporal.address}, state in ${engine.dataDir}; ${devTemporal.how}`],
    seam === null ? ['Seam', 'stand-in', `simulator at ${outside.seam.endpoint}`] : ['Seam', 'real', seam.endpoint],
    outside.standIns.includes('mail') ? ['Mail', 'stand-in', `${url}/dev/mailbox`] : ['Mail', 'real', `from ${outside.mail.from}`],
    outside.standIns.includes('sms') ? ['SMS', 'stand-in', `${url}/dev/mailbox`] : ['SMS', 'real', outside.sms.apiUrl ?? 'Twilio'],
  ];
}

/** With the variables that the other terminal needs to find this server. */
function command({ env, example }: { env: Variables; example: string }): string {
  const needed = ['LATCHKEY_DATA_DIR', 'LATCHKEY_HOST', 'LATCHKEY_PORT', 'LATCHKEY_PUBLIC_URL'].filter((name) => isSet(env, name));
  return [...needed.map((name) => `${name}=${quoted(env[name] ?? '')}`), 'npx latchkey book demo:R-1', quoted(example)].join(' ');
}

const quoted = (text: string): string => (/^[\w./:@%+=-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`);
