/** What goes along with a question about one access: what is known of it already. */
import type { ReadRequest } from '../activities/ports.ts';
import type { Access } from './domain/access.ts';
import type { LowLevelAccess } from './domain/low-level.ts';
import { lowLevelAccess } from './domain/low-level-access.ts';
import type { ReservationState } from './domain/state.ts';

export const accessOf = (state: ReservationState, grantKey: string): Access | undefined =>
  state.accesses.find((access) => access.grantKey === grantKey);

/** The key under which this grant's fingerprints were made first: a rotation of keys is no news to a guest. */
export function fingerprintKeyId(access: Access | undefined): string | null {
  const fingerprint = access?.reading?.methods.find((method) => method.fingerprint !== null)?.fingerprint ?? null;
  return fingerprint === null ? null : fingerprint.slice(0, fingerprint.lastIndexOf('.'));
}

interface ByProvider {
  readonly lowLevel?: LowLevelAccess;
}

/** Nothing for Access Grants: every byte of it stays in the history. */
export function byProvider({ state, access }: { state: ReservationState; access: Access | undefined }): ByProvider {
  return access?.lowLevel === undefined ? {} : { lowLevel: lowLevelAccess({ state, of: { ...access, lowLevel: access.lowLevel } }) };
}

export function readRequest({ state, grantKey }: { state: ReservationState; grantKey: string }): ReadRequest {
  const access = accessOf(state, grantKey);
  return { grantKey, fingerprintKeyId: fingerprintKeyId(access), ...byProvider({ state, access }) };
}
