/** What a broken promise is reported as: the seed to play it again, the house, the steps one a line, and what was broken. */
import type { RunDetails } from 'fast-check';
import type { House } from './house.ts';

/** @throws Error with the shrunk counterexample when a run failed */
export function assertKept<S>(details: RunDetails<[House, S[]]>): void {
  const { counterexample, errorInstance, seed, counterexamplePath } = details;
  if (!details.failed) return;
  const [house, steps] = counterexample ?? [];
  const text = [
    String(errorInstance instanceof Error ? errorInstance.message : errorInstance),
    `play it again: LATCHKEY_MODEL_SEED=${seed} LATCHKEY_MODEL_PATH=${counterexamplePath}`,
    `house ${JSON.stringify(house)}`,
    ...(steps ?? []).map((step) => `  ${JSON.stringify(step)}`),
  ];
  throw new Error(text.join('\n'), { cause: errorInstance });
}
