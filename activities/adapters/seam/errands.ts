/** Doors unlocked and cards made through Seam's action attempts, sent once and never waited for here (Seam's OpenAPI 1.1038.0). */
import { z } from 'zod';
import type { Attempt } from '../../../workflows/domain/errand.ts';
import type { ErrandPort } from '../../ports.ts';
import { assignExisting } from '../seam-acs/assignment.ts';
import { type Call, connectToSeam, type SeamConnection } from './calls.ts';

const actionAttempt = z.object({
  action_attempt_id: z.string(),
  action_type: z.string(),
  status: z.enum(['pending', 'success', 'error']),
  result: z.object({ was_confirmed_by_device: z.boolean().nullish() }).nullish(),
  error: z.object({ type: z.string() }).nullish(),
});

export function createSeamErrands({ apiKey, endpoint }: SeamConnection): ErrandPort {
  const connect = connectToSeam({ apiKey, endpoint });
  return {
    async send(request, signal) {
      const { deed, lowLevel: access } = request;
      const seam = connect(signal);
      if (deed.kind === 'assign' && access?.by.provider === 'acs')
        return assignExisting({ seam, access, systemId: access.by.acs.systemId, deed });
      return attemptOf(await seam.write({ answer: actionAttempt, send: requestOf(request) }));
    },
    follow: async (actionAttemptId, signal) =>
      attemptOf(
        await connect(signal).read({
          answer: actionAttempt,
          send: (seam) => seam.actionAttempts.get({ action_attempt_id: actionAttemptId }),
        }),
      ),
  };
}

function requestOf({ deed, provider }: Parameters<ErrandPort['send']>[0]): Call<unknown>['send'] {
  switch (deed.kind) {
    case 'unlock': {
      const { accessMethodId: key, doorId } = deed;
      if (key === null) return (seam) => seam.locks.unlockDoor({ device_id: doorId });
      return provider === 'acs'
        ? (seam) => seam.acs.entrances.unlock({ acs_credential_id: key, acs_entrance_id: doorId })
        : (seam) => seam.accessMethods.unlockDoor({ access_method_id: key, acs_entrance_id: doorId });
    }
    case 'encode': {
      const { accessMethodId: card, encoderId } = deed;
      return provider === 'acs'
        ? (seam) => seam.acs.encoders.encodeCredential({ acs_credential_id: card, acs_encoder_id: encoderId })
        : (seam) => seam.accessMethods.encode({ access_method_id: card, acs_encoder_id: encoderId });
    }
    case 'assign':
      return (seam) => seam.accessMethods.assignCard({ access_method_id: deed.accessMethodId, card_number: deed.cardNumber });
  }
}

/** Error types are words of Seam's vocabulary; those of an unlock may be anything, also prose. */
const WORD = /^\w{1,64}$/;

function attemptOf({ action_attempt_id: actionAttemptId, action_type, status, result, error }: z.infer<typeof actionAttempt>): Attempt {
  const code = error?.type !== undefined && WORD.test(error.type) ? error.type : null;
  if (status === 'error') return { actionAttemptId, state: 'failed', code };
  if (status === 'pending') return { actionAttemptId, state: 'sent', code: null };
  const isUnconfirmed = action_type === 'UNLOCK_DOOR' && result?.was_confirmed_by_device !== true;
  return { actionAttemptId, state: isUnconfirmed ? 'requested' : 'confirmed', code: null };
}
