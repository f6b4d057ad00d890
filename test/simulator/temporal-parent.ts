/** Run by a test: starts a dev server on the database that it is given, and tells how the server is when it gets a SIGINT. */
import { Connection } from '@temporalio/client';
import { startDevServer } from '../../simulator/temporal.ts';

const [binary = '', databaseFile = ''] = process.argv.slice(2);
const server = await startDevServer({ binary, databaseFile });
process.on('SIGINT', () => {
  void Connection.connect({ address: server.address }).then(() => console.log('alive'));
});
console.log(`started ${server.address}`);
setInterval(() => {}, 60_000);
