/** The access method that an order names: one of a grant that serves its guest, or in words why there is none such. */
import type { Access, Method } from './access.ts';
import type { ReservationState } from './state.ts';

export interface OfMethod {
  readonly state: ReservationState;
  readonly accessMethodId: string;
}

export function orderedMethod({ state, accessMethodId }: OfMethod): { readonly access: Access; readonly method: Method } | string {
  for (const access of state.accesses) {
    const method = access.reading?.methods.find((candidate) => candidate.accessMethodId === accessMethodId);
    if (method === undefined) continue;
    if (access.ending !== null) return 'This access is being taken back or is gone.';
    return access.isSuperseded ? 'This access is being replaced already.' : { access, method };
  }
  return 'This stay has no such access method.';
}
