/** Temporal for one machine: a dev server as a child of this process, with its state in a file or nowhere. */
import type { TemporalSettings } from '../config/temporal-variables.ts';
import type { Variables } from '../config/variables.ts';
import { type SearchAttributeKind, startDevServer } from '../simulator/temporal.ts';
import { findTemporal, TEMPORAL_CLI } from '../simulator/temporal-binary.ts';
import { ATTRIBUTES } from '../workflows/visibility.ts';
import type { Lifetime } from './lifetime.ts';

interface Opening {
  readonly lifetime: Lifetime;
  readonly env: Variables;
  /** null: everything is gone at the end. */
  readonly databaseFile: string | null;
  readonly logFile: string;
  readonly port: number;
}

export interface DevTemporal extends TemporalSettings {
  readonly address: string;
  /** Where the program comes from, in words. */
  readonly how: string;
}

const KINDS = {
  TEXT: 'Text',
  KEYWORD: 'Keyword',
  INT: 'Int',
  DOUBLE: 'Double',
  BOOL: 'Bool',
  DATETIME: 'Datetime',
  KEYWORD_LIST: 'KeywordList',
} as const;

/** @throws Error where no server can be found or fetched, or it does not start; each says what to do */
export async function openDevTemporal({ lifetime, env, databaseFile, logFile, port }: Opening): Promise<DevTemporal> {
  const named = env['LATCHKEY_TEMPORAL_CLI'];
  const { path, how } = await findTemporal({ program: TEMPORAL_CLI, named: named === '' ? undefined : named });
  // A new database knows them from the start; one that exists gets them from the worker.
  const searchAttributes = Object.fromEntries(
    Object.values(ATTRIBUTES).map(({ name, type }): [string, SearchAttributeKind] => [name, KINDS[type]]),
  );
  const server = await startDevServer({ binary: path, databaseFile, port, logFile, searchAttributes });
  lifetime.onEnd('Temporal dev server', () => server.stop());
  const { address, namespace } = server;
  return { connectionOptions: { address }, namespace, address, how };
}
