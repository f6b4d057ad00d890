/** How much is measured. The full scale takes some six minutes on two cores; the quick one only shows that everything runs. */

/** Counts are stays, lengths milliseconds. */
export interface Scale {
  readonly throughput: { readonly rounds: number; readonly stays: number; readonly lanes: number; readonly warmUp: Load };
  readonly latency: { readonly stays: number; readonly perSecond: number; readonly length: number };
  /** The heap is looked at when so many are parked: what lies between counts. */
  readonly parked: { readonly first: number; readonly last: number };
  readonly replay: { readonly rounds: number; readonly histories: number };
  readonly endToEnd: Load;
}

interface Load {
  readonly stays: number;
  readonly lanes: number;
  readonly length: number;
}

export const FULL: Scale = {
  throughput: { rounds: 5, stays: 250, lanes: 24, warmUp: { stays: 80, lanes: 24, length: 20_000 } },
  latency: { stays: 500, perSecond: 5, length: 10_000 },
  parked: { first: 1_000, last: 3_000 },
  replay: { rounds: 5, histories: 100 },
  endToEnd: { stays: 200, lanes: 16, length: 15_000 },
};

export const QUICK: Scale = {
  throughput: { rounds: 1, stays: 10, lanes: 4, warmUp: { stays: 4, lanes: 4, length: 4_000 } },
  latency: { stays: 10, perSecond: 5, length: 4_000 },
  parked: { first: 10, last: 30 },
  replay: { rounds: 1, histories: 3 },
  endToEnd: { stays: 5, lanes: 5, length: 6_000 },
};
