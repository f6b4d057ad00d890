/** The links to guests' pages, as messages name them. */
import type { MessageDeps } from '../activities/send-message.ts';
import { passUrl } from '../client/http/pass-url.ts';
import type { EncryptionKey } from '../config/encryption-keys.ts';
import { createPassTokens } from '../config/pass-token.ts';
import { addressOfWorkflowId } from '../workflows/domain/ids.ts';

interface PassAddress {
  readonly encryptionKeys: readonly EncryptionKey[];
  readonly deployment: string;
  /** Of our server as guests reach it, without a slash at its end. */
  readonly publicUrl: string;
}

export function passAddress({ encryptionKeys, deployment, publicUrl }: PassAddress): MessageDeps['passUrl'] {
  const tokens = createPassTokens({ keys: encryptionKeys, deployment });
  return ({ workflowId, guestId, generation }) => {
    const address = addressOfWorkflowId({ workflowId, deployment });
    return address === null ? null : passUrl({ publicUrl, token: tokens.seal({ ...address, guestId, generation }) });
  };
}
