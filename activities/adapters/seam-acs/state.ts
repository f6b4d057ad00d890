/** How far a credential has come, in the words of an access method. */
import type { MethodState } from '../../../workflows/domain/access.ts';
import { type AcsCredential, warns } from './schemas.ts';

/**
 * A card waits for the desk until it is encoded, and again once its times have changed. A change that the system has not taken over yet
 * leaves a credential `updating`, although it reads as issued.
 */
export function stateOf(credential: AcsCredential): MethodState {
  if (warns(credential, 'being_deleted')) return 'revoked';
  const isCard = credential.access_method === 'card';
  if (isCard && warns(credential, 'needs_to_be_reissued')) return 'encoding_required';
  if (isIssued(credential)) return credential.is_latest_desired_state_synced_with_provider === false ? 'updating' : 'issued';
  if (credential.errors.length > 0) return 'failed';
  return isCard ? 'encoding_required' : 'pending';
}

/** Some systems say it of cards only; then what is no card is issued once nothing is waited for. */
function isIssued(credential: AcsCredential): boolean {
  const { is_issued, access_method, code } = credential;
  if (typeof is_issued === 'boolean') return is_issued;
  if (access_method === 'card' || warns(credential, 'waiting_to_be_issued')) return false;
  return access_method !== 'code' || typeof code === 'string';
}

/** The digits of an issued code; null for everything else. */
export const secretOf = (credential: AcsCredential): string | null => (stateOf(credential) === 'issued' ? (credential.code ?? null) : null);
