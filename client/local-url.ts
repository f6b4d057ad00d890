/** The address that this machine reaches its own server at: one that listens everywhere is here too. */
import type { EngineSettings } from '../config/engine-variables.ts';

const HERE: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '::': '[::1]' };

/** Without a slash at its end. */
export function localUrl({ host, port }: Pick<EngineSettings, 'host' | 'port'>): string {
  return `http://${HERE[host] ?? (host.includes(':') ? `[${host}]` : host)}:${port}`;
}
