/** A stay under test as it can be seen from outside: the pure core's player is one, a real workflow another. */
import type { Command } from '../../workflows/domain/command.ts';
import type { ReservationView } from '../../workflows/domain/view-types.ts';
import type { Heard } from './heard.ts';
import type { Post } from './post.ts';
import type { Record } from './record.ts';
import type { ModelSeam } from './seam.ts';

export interface Watched {
  readonly seam: ModelSeam;
  readonly post: Post;
  readonly record: Record;
  readonly heard: Heard;
  readonly view: ReservationView;
  readonly now: number;
  /** Milliseconds by which the engine's clock may differ from the model's. */
  readonly precision: number;
  /** What is under way, by lane. */
  readonly errands: ReadonlyMap<string, { readonly command: Command }>;
  /** Nothing is under way, and nothing waits for another try. */
  readonly isQuiet: boolean;
  readonly isClosed: boolean;
  /** Whether a command is under way in this lane: a grant's key, a message's id. */
  isBusy(lane: string): boolean;
}
