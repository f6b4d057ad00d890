/** Cards that wait for the desk: what is to be done, for whom, and what went wrong with it. They alert nobody; the arrivals list shows them. */
import type { Access, Method } from './access.ts';
import { whose } from './access-findings.ts';
import { isGone } from './access-plan.ts';
import { type Errand, errandsOf, isUnderWay } from './errand.ts';
import { type Finding, note } from './finding.ts';
import { waitsForDesk } from './issuance.ts';
import type { ReservationState } from './state.ts';

export function cardFindings(state: ReservationState): readonly Finding[] {
  const held = state.accesses.filter((access) => access.ending === null && !isGone(access) && !access.isSuperseded);
  return held.flatMap((access) => {
    const cards = (access.reading?.methods ?? []).filter(waitsForDesk);
    const isBusy = ({ accessMethodId }: Method): boolean => isBeingMade(lastErrand({ state, accessMethodId }));
    const alike = Map.groupBy(
      cards.filter((card) => !isBusy(card)),
      ({ state: stage, eitherWay }) => (eitherWay ? 'either' : stage),
    );
    return [
      ...cards.filter(isBusy).map(({ accessMethodId }) =>
        note({
          code: 'card_waiting',
          subject: accessMethodId,
          text: `${cardOf(access)} is being made. Follow what the encoder asks for.`,
        }),
      ),
      ...[...alike.values()].flatMap((idle) => [...idle.flatMap((card) => problemOf({ state, access, card })), waiting({ access, idle })]),
    ];
  });
}

const lastErrand = ({ state, accessMethodId }: { state: ReservationState; accessMethodId: string }): Errand | undefined =>
  errandsOf(state).findLast(({ deed }) => deed.kind !== 'unlock' && deed.accessMethodId === accessMethodId);

const isBeingMade = (errand: Errand | undefined): boolean => errand !== undefined && isUnderWay(errand);

const cardOf = (access: Access): string => ((access.cards ?? 1) === 1 ? `The card for ${whose(access)}` : `A card for ${whose(access)}`);

function problemOf({ state, access, card }: { state: ReservationState; access: Access; card: Method }): readonly Finding[] {
  const { accessMethodId } = card;
  const errand = lastErrand({ state, accessMethodId });
  if (errand === undefined || errand.problem === null) return [];
  const code = errand.deed.kind === 'encode' ? 'encoding_failed' : 'assignment_failed';
  return [note({ code, subject: accessMethodId, text: `${cardOf(access)}: ${errand.problem}` })];
}

/** Cards that wait for the same: how many there are, and what to do with each. */
function waiting({ access, idle }: { access: Access; idle: readonly Method[] }): Finding {
  const { cards = 1 } = access;
  const ids = idle.map(({ accessMethodId }) => accessMethodId).join(', ');
  const isOne = idle.length === 1;
  const who = cards === 1 ? cardOf(access) : `${idle.length} of ${cards} cards for ${whose(access)}`;
  const [method, each] = isOne ? ['access method', ''] : ['access methods', ' for each'];
  const written = `choose an encoder and use "encode-card"${each}`;
  const assigned = `take ${isOne ? 'one' : 'some'} of the building's cards and use "assign-card" with its number${each}`;
  const what =
    idle[0]?.eitherWay === true
      ? `to be made: ${written}, or ${assigned}`
      : idle[0]?.state === 'encoding_required'
        ? `to be written: ${written}`
        : `to be assigned: ${assigned}`;
  return note({ code: 'card_waiting', subject: ids, text: `${who} ${isOne ? 'waits' : 'wait'} ${what} (${method} ${ids}).` });
}
