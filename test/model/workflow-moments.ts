/** Promises about moments, where the engine's clock and the model's are not quite the same. */
import type { Watched } from './watched.ts';

export interface Dated extends Watched {
  /** Looks as of another moment. */
  at(moment: number, look: (stay: Watched) => void): void;
}

/** A deadline passes for the engine a little earlier or later than for the model: any moment about now will do. */
export function kept({ stay, promises }: { stay: Dated; promises: (stay: Watched) => void }): void {
  const { now, precision } = stay;
  const broken = brokenAt({ stay, promises, moment: now });
  if (broken === null) return;
  const isKept = [now - precision, now + precision].some((moment) => brokenAt({ stay, promises, moment }) === null);
  if (!isKept) throw broken;
}

function brokenAt({ stay, promises, moment }: { stay: Dated; promises: (stay: Watched) => void; moment: number }): unknown {
  try {
    stay.at(moment, promises);
    return null;
  } catch (error) {
    return error;
  }
}
