/** How far a code has come on its lock, in the words of an access method. */
import type { MethodState } from '../../../workflows/domain/access.ts';
import type { AccessCode } from './schemas.ts';

/** Seam goes on trying after these; the others are for a person. */
const TRANSIENT = new Set(['device_offline', 'device_disconnected', 'hub_disconnected', 'bridge_disconnected', 'account_disconnected']);

const MOVING = new Set(['updating_code', 'updating_time_frame']);

/**
 * What has an error is not counted on, even where it is set: the lock may have lost it. A change that is on its way to the lock leaves a
 * code `updating`. Offline codes are computed, so that no lock ever reports them as set.
 */
export function stateOf(code: AccessCode): MethodState {
  if (code.status === 'removing' || code.warnings.some((warning) => warning.warning_code === 'being_deleted')) return 'revoked';
  if (code.pending_mutations.some((mutation) => MOVING.has(mutation.mutation_code))) return 'updating';
  if (code.errors.some((error) => !TRANSIENT.has(error.error_code))) return 'failed';
  const isDigits = typeof code.code === 'string' && code.is_waiting_for_code_assignment !== true;
  const isThere = code.status === 'set' || code.is_scheduled_on_device === true || code.is_offline_access_code === true;
  return isThere && isDigits ? 'issued' : 'pending';
}

export const secretOf = (code: AccessCode): string | null => (stateOf(code) === 'issued' ? (code.code ?? null) : null);
