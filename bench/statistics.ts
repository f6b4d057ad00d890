/** Figures of a sample. */

/** The value that a share of the sample, from 0 to 1, does not exceed (nearest rank). @throws RangeError for an empty sample */
export function percentile({ sample, share }: { readonly sample: readonly number[]; readonly share: number }): number {
  const sorted = sample.toSorted((a, b) => a - b);
  const value = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
  if (value === undefined) throw new RangeError('no sample to take a figure from');
  return value;
}

export const median = (sample: readonly number[]): number => percentile({ sample, share: 0.5 });

/** To so many decimals, so that a report does not claim more than was measured. */
export const rounded = (value: number, decimals = 0): number => Math.round(value * 10 ** decimals) / 10 ** decimals;
