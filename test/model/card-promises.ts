/** Rule 9: what no read can show gone is named for as long as it opens, and the stay is not over before. */
import type { ReservationView } from '../../workflows/domain/view-types.ts';
import type { WrittenCard } from './card-desk.ts';
import { promise } from './promise.ts';
import type { Watched } from './watched.ts';

/** Cards that open although Seam holds nothing of them, as far as the engine can know: it has read how they were written last. */
export const cardsLeft = ({ seam, record, now }: Watched): readonly WrittenCard[] =>
  [...seam.cards.values()].filter(
    ({ grantKey, methodId, until }) => until > now && record.gone.has(grantKey) && record.cards.get(methodId) === until,
  );

export function promisesOfCards(stay: Watched, view: ReservationView): void {
  for (const card of cardsLeft(stay)) {
    const access = view.access.find(({ grantKey }) => grantKey === card.grantKey);
    const isNamed = access?.state === 'residual' && Date.parse(access.residualUntil ?? '') === card.until;
    promise({ kept: isNamed, what: 'a card that still opens is residual until its end', details: [card, access] });
    promise({ kept: view.readiness !== 'closed' && !stay.isClosed, what: 'a stay is not closed while a card of it opens', details: card });
  }
  const residual = view.access.filter(({ state, residualUntil }) => state === 'residual' && Date.parse(residualUntil ?? '') <= stay.now);
  promise({ kept: residual.length === 0, what: 'nothing is residual after its end', details: residual });
}
