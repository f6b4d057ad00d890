/** A played stay as others see it: what it published so far, told to nobody but the real question for neighbours. */
import type { TypedSearchAttributes } from '@temporalio/common';
import { createNeighbours } from '../../client/neighbours.ts';
import type { Neighbour, OccupancyQuestion } from '../../workflows/domain/occupancy.ts';
import { attributeChanges, initialSearchAttributes } from '../../workflows/visibility.ts';
import type { PlayedStay } from './played-stay.ts';

export class VisibleStay {
  readonly stay: PlayedStay;
  #attributes: TypedSearchAttributes;

  /** As it starts. */
  constructor(stay: PlayedStay) {
    const { key, reservation, property } = stay.state;
    this.stay = stay;
    this.#attributes = initialSearchAttributes({ key, fact: { reservation, property }, now: stay.now });
  }

  /** As the workflow does once nothing is under way. Whether anything was written. */
  publish(): boolean {
    const { state, now } = this.stay;
    const changes = attributeChanges({ before: this.#attributes, state, now, atRest: true });
    this.#attributes = this.#attributes.updateCopy(changes ?? []);
    return changes !== null;
  }

  /** What a question finds of it, after it has published. */
  async seenBy(question: OccupancyQuestion): Promise<readonly Neighbour[]> {
    this.publish();
    const typedSearchAttributes = this.#attributes;
    const { workflowId } = this.stay.state.key;
    async function* list() {
      yield { workflowId, typedSearchAttributes };
    }
    return createNeighbours({ client: { workflow: { list } } }).find(question);
  }
}
