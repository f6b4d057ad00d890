/** One data converter for client, worker and bundle: whoever uses another can't read what the rest wrote. */
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { DataConverter } from '@temporalio/common';
import { createCodec } from './codec.ts';
import type { EncryptionKey } from './encryption-keys.ts';

/** `.ts` here, `.js` once built: the extension of this file. */
export const failureConverterPath = fileURLToPath(new URL(`./failure-converter${extname(import.meta.url)}`, import.meta.url));

/** For `new Client`, `Worker.create` and `bundleWorkflowCode` alike. */
export const dataConverter = (keys: readonly EncryptionKey[]): DataConverter => ({
  failureConverterPath,
  payloadCodecs: [createCodec(keys)],
});
