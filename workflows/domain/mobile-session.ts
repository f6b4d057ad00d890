/** Which mobile key an app of the guest's may use by a session of its own: issued, and not about to go. */
import type { ReservationState } from './state.ts';

export function mobileKeyOf({ state, guestId }: { state: ReservationState; guestId: string }): string | null {
  const serving = state.accesses.filter((access) => access.guestId === guestId && access.ending === null && !access.isSuperseded);
  const keys = serving.flatMap(
    ({ reading }) => reading?.methods.filter(({ mode, state: stage }) => mode === 'mobile_key' && stage === 'issued') ?? [],
  );
  return keys.at(-1)?.accessMethodId ?? null;
}
