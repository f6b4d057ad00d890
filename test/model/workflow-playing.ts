/** Runs under way side by side, each of which may break alone. */
import type { Played } from './play.ts';
import type { Placed } from './workflow-draw.ts';
import type { WorkflowStay } from './workflow-stay.ts';

/** One run under way; it is played no further once a promise broke. */
export interface Playing {
  readonly stay: WorkflowStay;
  readonly played: Played;
  readonly steps: readonly Placed[];
  error: unknown;
}

/** Side by side; one that broke is left alone. */
export async function each(all: readonly Playing[], take: (playing: Playing) => Promise<void>): Promise<void> {
  await Promise.all(
    all.map(async (playing) => {
      if (playing.error !== null) return;
      try {
        await take(playing);
      } catch (error) {
        playing.error = error;
        playing.stay.finish();
      }
    }),
  );
}
