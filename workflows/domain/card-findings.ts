/** Cards that wait for the desk: what is to be done, for whom, and what went wrong with it. They alert nobody; the arrivals list shows them. */
import type { Access, Method } from './access.ts';
import { whose } from './access-findings.ts';
import { isGone } from './access-plan.ts';
import { errandsOf, isUnderWay } from './errand.ts';
import { type Finding, note } from './finding.ts';
import { waitsForDesk } from './issuance.ts';
import type { ReservationState } from './state.ts';

export function cardFindings(state: ReservationState): readonly Finding[] {
  const held = state.accesses.filter((access) => access.ending === null && !isGone(access) && !access.isSuperseded);
  return held.flatMap((access) =>
    (access.reading?.methods ?? []).filter(waitsForDesk).flatMap((method) => waitingCard({ state, access, method })),
  );
}

function waitingCard({ state, access, method }: { state: ReservationState; access: Access; method: Method }): readonly Finding[] {
  const { accessMethodId } = method;
  const errand = errandsOf(state).findLast(({ deed }) => deed.kind !== 'unlock' && deed.accessMethodId === accessMethodId);
  const card = `The card for ${whose(access)}`;
  if (errand !== undefined && isUnderWay(errand))
    return [note({ code: 'card_waiting', subject: accessMethodId, text: `${card} is being made. Follow what the encoder asks for.` })];
  const what =
    method.state === 'encoding_required'
      ? `waits to be written: choose an encoder and use "encode-card" (access method ${accessMethodId}).`
      : `waits to be assigned: take one of the building's cards and use "assign-card" with its number (access method ${accessMethodId}).`;
  const waiting = note({ code: 'card_waiting', subject: accessMethodId, text: `${card} ${what}` });
  if (errand === undefined || errand.problem === null) return [waiting];
  const code = errand.deed.kind === 'encode' ? 'encoding_failed' : 'assignment_failed';
  return [note({ code, subject: accessMethodId, text: `${card}: ${errand.problem}` }), waiting];
}
