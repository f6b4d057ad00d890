/** A real workflow under test, seen from outside: what it was told, what it did in its own Seam, whom it wrote to, what its view says. */
import type { WorkflowHandle } from '@temporalio/client';
import { failure } from '../../activities/failures.ts';
import type { ReservationView } from '../../workflows/domain/view-types.ts';
import type { reservationAccess } from '../../workflows/reservation-access.ts';
import { type Call, type Fault, failureOf } from './errand.ts';
import type { Heard } from './heard.ts';
import { Post } from './post.ts';
import { Record } from './record.ts';
import { ModelSeam } from './seam.ts';
import type { Watched } from './watched.ts';

export class LiveStay implements Watched {
  readonly id: string;
  readonly seam: ModelSeam;
  readonly post = new Post();
  readonly record = new Record();
  readonly heard: Heard;
  /** The next call of each sort that fails, and how. */
  readonly faults: { readonly call: Call; readonly fault: Fault }[] = [];
  /** Promises that were broken inside an activity, where nobody could be told. */
  readonly broken: Error[] = [];
  readonly precision = 30_000;
  handle: WorkflowHandle<typeof reservationAccess>;
  view: ReservationView;
  now: number;
  isClosed = false;
  /** Activities that run now. */
  active = 0;
  readonly #failing = new Set<string>();

  constructor({ id, heard, handle, view, now }: Pick<LiveStay, 'id' | 'heard' | 'handle' | 'view' | 'now'>) {
    this.id = id;
    this.heard = heard;
    this.handle = handle;
    this.view = view;
    this.now = now;
    this.seam = new ModelSeam(`${id}-`);
  }

  get isQuiet(): boolean {
    return this.active === 0 && this.#failing.size === 0;
  }

  isBusy(grantKey: string): boolean {
    return this.active > 0 || this.#failing.has(grantKey);
  }

  /** Who each grant is for, and whether its end has begun: the view says it. */
  see(view: ReservationView): void {
    this.view = view;
    for (const { grantKey, roomId, guestId, unitId, absenceVerifiedAt } of view.access) {
      const grant = this.seam.grants.get(grantKey);
      if (absenceVerifiedAt !== null) this.record.gone.add(grantKey);
      if (grant === undefined || this.record.asked.has(grantKey)) continue;
      const modes = grant.methods.map(({ mode }) => mode);
      this.record.asked.set(grantKey, { roomId, guestId, unitId, doors: grant.asked, modes, window: grant.window });
    }
  }

  /** One call of an activity's: it fails as was drawn, before or after it was done. */
  call<T>({ call, lane, deed }: { call: Call; lane: string; deed: () => T }): T {
    const planned = this.faults.findIndex((candidate) => candidate.call === call);
    const [drawn] = planned >= 0 ? this.faults.splice(planned, 1) : [];
    const result = drawn === undefined || drawn.fault.isDone ? deed() : undefined;
    if (drawn === undefined && result !== undefined) {
      this.#failing.delete(lane);
      return result;
    }
    this.#failing.add(lane);
    throw failure(failureOf({ call, fault: drawn?.fault ?? { pick: 0, isDone: false } }));
  }
}
