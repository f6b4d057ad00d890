/** Cards: Seam asks for them to be written, the desk does, and from then on they open by themselves. */
import type { ModelGrant } from './grant.ts';
import { Happenings } from './happenings.ts';

/** Whatever Seam says, a written card opens until the end that was written on it. */
export interface WrittenCard {
  readonly grantKey: string;
  readonly methodId: string;
  readonly until: number;
}

export class CardDesk extends Happenings {
  /** By method: it is written again on the same card. */
  readonly cards = new Map<string, WrittenCard>();

  protected writeCards({ grant, only = null }: { grant: ModelGrant; only?: string | null }): void {
    for (const method of grant.methods) {
      if (grant.isBeingDeleted || method.state !== 'encoding_required' || (only !== null && method.id !== only)) continue;
      method.state = 'issued';
      this.cards.set(method.id, { grantKey: grant.key, methodId: method.id, until: grant.window.endsAt });
      this.happened({ type: 'access_method.issued', grantId: grant.id, methodId: method.id });
    }
  }

  /** New times reach a card only when it is written again. */
  protected askForCards(grant: ModelGrant): void {
    for (const method of grant.methods) {
      if (method.mode !== 'card' || method.state !== 'issued') continue;
      method.state = 'encoding_required';
      this.happened({ type: 'access_method.card_encoding_required', grantId: grant.id, methodId: method.id });
    }
  }
}
