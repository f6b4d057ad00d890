/** /acs/encoders/scan_credential: what lies on an encoder. The card that was written last is still there. */
import { z } from 'zod';
import { beginAttempt, endAttempt, showAttempt } from './action-attempts.ts';
import { id } from './parameters.ts';
import type { ActionAttempt } from './records.ts';
import { type Routes, route } from './route.ts';
import { encoderOf } from './systems.ts';
import { iso, type Workspace } from './workspace.ts';

export const scanRoutes = (workspace: Workspace): Routes => ({
  '/acs/encoders/scan_credential': route('POST', z.object({ acs_encoder_id: id }), ({ acs_encoder_id }) => {
    encoderOf(workspace, acs_encoder_id);
    return { action_attempt: showAttempt(beginAttempt(workspace, { type: 'SCAN_CREDENTIAL', doorId: null, methodId: null })) };
  }),
});

export function finishScan({ state, settings }: Workspace, attempt: ActionAttempt): void {
  const written = [...state.attempts.values()].findLast(({ type, status }) => type === 'ENCODE_CREDENTIAL' && status === 'success');
  const type = settings.encodingError ?? (written === undefined ? 'no_credential_on_encoder' : null);
  if (type !== null || written === undefined) {
    endAttempt(attempt, { error: { type: type ?? 'uncategorized_error', message: 'The card was not read.' } });
    return;
  }
  const grant = state.grants.get(state.methods.get(written.methodId ?? '')?.grantId ?? '');
  endAttempt(attempt, {
    result: {
      acs_credential_on_encoder: {
        created_at: null,
        is_issued: true,
        starts_at: grant === undefined ? null : iso(grant.startsAt),
        ends_at: typeof grant?.endsAt === 'number' ? iso(grant.endsAt) : null,
        card_number: '0049117',
      },
      acs_credential_on_seam: written.result,
      warnings: [],
    },
  });
}
