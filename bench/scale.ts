/** How much is measured. The full scale takes some twenty minutes on two cores; the quick one only shows that everything runs. */

/** Counts are stays; lanes, those that are between booking and told at once. */
export interface Scale {
  readonly throughput: { readonly rounds: number; readonly stays: number; readonly lanes: number };
  readonly latency: { readonly stays: number; readonly perSecond: number };
  /** The heap is looked at when so many are parked: what lies between counts. */
  readonly parked: { readonly first: number; readonly last: number };
  readonly replay: { readonly rounds: number; readonly histories: number };
  readonly warmUp: Load;
  readonly endToEnd: Load;
}

interface Load {
  readonly stays: number;
  readonly lanes: number;
}

export const FULL: Scale = {
  warmUp: { stays: 100, lanes: 24 },
  throughput: { rounds: 5, stays: 250, lanes: 24 },
  latency: { stays: 500, perSecond: 5 },
  parked: { first: 1_000, last: 3_000 },
  replay: { rounds: 5, histories: 100 },
  endToEnd: { stays: 200, lanes: 16 },
};

export const QUICK: Scale = {
  warmUp: { stays: 4, lanes: 4 },
  throughput: { rounds: 1, stays: 10, lanes: 4 },
  latency: { stays: 10, perSecond: 5 },
  parked: { first: 10, last: 30 },
  replay: { rounds: 1, histories: 3 },
  endToEnd: { stays: 5, lanes: 5 },
};
