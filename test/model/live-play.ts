/** Plays drawn steps on real workflows, many at once on one server's clock, and looks at every promise after each round. */
import type { Reservation } from '../../workflows/domain/reservation.ts';
import { actUpdate, receiptSignal, reservationSignal, seamSignal, viewQuery } from '../../workflows/messages.ts';
import { until } from '../support/until.ts';
import type { WorkflowWorld } from '../support/workflow-world.ts';
import { promisesOfCalm } from './calm-promises.ts';
import { changed } from './change.ts';
import { orderOf } from './desk.ts';
import { stayEnd } from './entitlement.ts';
import { Heard } from './heard.ts';
import { firstBooking, type House, propertyOf } from './house.ts';
import { LivePorts } from './live-ports.ts';
import { LiveStay } from './live-stay.ts';
import { meddle } from './meddling.ts';
import { promise } from './promise.ts';
import type { LiveStep } from './live-step.ts';
import { promisesOfStep } from './step-promises.ts';

const HOUR = 3_600_000;
const MINUTE = 60_000;

/** One stay's part: what happens to it before each of the spans that all stays live through together. */
export interface Part {
  readonly house: House;
  readonly rounds: readonly (readonly LiveStep[])[];
}

export class LivePlay {
  readonly #world: WorkflowWorld;
  readonly #ports: LivePorts;
  #count = 0;

  constructor({ world, ports }: { world: WorkflowWorld; ports: LivePorts }) {
    this.#world = world;
    this.#ports = ports;
  }

  /** @throws BrokenPromise */
  async play({ parts, spans }: { parts: readonly Part[]; spans: readonly number[] }): Promise<void> {
    const actors = await Promise.all(parts.map((part) => this.#enter(part)));
    for (const [round, span] of spans.entries()) {
      const now = await this.#world.now();
      for (const { stay } of actors) stay.now = now;
      await Promise.all(actors.map((actor) => actor.take(actor.part.rounds[round] ?? [])));
      await this.#live({ actors, span });
      for (const { stay } of actors) promisesOfStep(stay);
    }
    await this.#end(actors);
  }

  async #enter(part: Part): Promise<Actor> {
    this.#count += 1;
    const now = await this.#world.now();
    const reservation = ownAddresses({ reservation: firstBooking({ house: part.house, now }), n: this.#count });
    const property = propertyOf(part.house);
    const id = `stay${this.#count}`;
    const workflowId = `latchkey:test:${id}`;
    const handle = this.#world.env.client.workflow.getHandle(workflowId);
    const heard = new Heard({ reservation, property, now });
    const stay = new LiveStay({ id, heard, handle, now });
    this.#ports.stays.set(workflowId, stay);
    await this.#world.put({ reservation, property, id });
    return new Actor({ part, stay, world: this.#world, base: now, n: this.#count });
  }

  /** Time passes for all, then each comes to rest. */
  async #live({ actors, span }: { actors: readonly Actor[]; span: number }): Promise<void> {
    await this.#world.env.sleep(span);
    const now = await this.#world.now();
    await Promise.all(actors.map((actor) => actor.rest(now)));
  }

  async #end(actors: readonly Actor[]): Promise<void> {
    for (const pause of [61_000, 6 * MINUTE, 61 * MINUTE, 61_000]) {
      await Promise.all(actors.map((actor) => actor.heal()));
      await this.#live({ actors, span: pause });
    }
    for (const { stay } of actors) promisesOfCalm(stay);
    await Promise.all(actors.map((actor) => actor.release()));
    const last = Math.max(...actors.map(({ stay }) => stayEnd(stay.heard) - stay.now), 0);
    await this.#live({ actors, span: last + 36 * HOUR });
    for (const { stay } of actors) {
      promise({ kept: stay.seam.grants.size === 0, what: 'after the end nothing is left', details: [...stay.seam.grants.keys()] });
      promise({ kept: stay.isClosed, what: 'after the end the workflow ends', details: stay.view });
      this.#ports.stays.delete(`latchkey:test:${stay.id}`);
    }
  }
}

/** Each stay has addresses of its own: the channels are shared. */
function ownAddresses({ reservation, n }: { reservation: Reservation; n: number }): Reservation {
  const text = JSON.stringify(reservation).replaceAll('@guests.example', `@stay${n}.example`);
  const own: Reservation = JSON.parse(text.replaceAll('+35191000', `+35191${String(n % 1_000).padStart(3, '0')}`));
  return own;
}
XXX
