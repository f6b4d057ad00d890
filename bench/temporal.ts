/** The bench's own Temporal server, and connections to it that encrypt as in production. */
import { Client, Connection } from '@temporalio/client';
import type { DataConverter } from '@temporalio/common';
import { NativeConnection } from '@temporalio/worker';
import { ensureSearchAttributes } from '../client/search-attributes.ts';
import { dataConverter as createDataConverter } from '../config/data-converter.ts';
import { startDevServer } from '../simulator/temporal.ts';
import { findTemporal, TEMPORAL_CLI } from '../simulator/temporal-binary.ts';

export interface Temporal {
  readonly address: string;
  readonly client: Client;
  /** For workers. */
  readonly connection: NativeConnection;
  readonly dataConverter: DataConverter;
  close(): Promise<void>;
}

/** The same in every process of a bench; what it encrypts is gone with the server. */
export const KEY = { id: 'bench', key: Buffer.alloc(32, 1) };
export const NAMESPACE = 'default';

export async function connect(address: string): Promise<Temporal> {
  const [own, connection] = await Promise.all([Connection.connect({ address }), NativeConnection.connect({ address })]);
  const dataConverter = createDataConverter([KEY]);
  return {
    address,
    client: new Client({ connection: own, namespace: NAMESPACE, dataConverter }),
    connection,
    dataConverter,
    async close() {
      await Promise.all([own.close(), connection.close()]);
    },
  };
}

/** A server with an empty database in memory. `named`: the executable to take, whatever else there is. */
export async function startTemporal({ named }: { readonly named: string | undefined }): Promise<Temporal> {
  const { path: binary } = await findTemporal({ program: TEMPORAL_CLI, named });
  const server = await startDevServer({ binary, databaseFile: null, namespace: NAMESPACE });
  const temporal = await connect(server.address);
  await ensureSearchAttributes({ connection: temporal.client.connection, namespace: NAMESPACE });
  return {
    ...temporal,
    async close() {
      await temporal.close();
      await server.stop();
    },
  };
}
