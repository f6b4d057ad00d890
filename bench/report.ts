/** The figures as a person reads them, with the bars that they are held to. */
import type { EndToEnd } from './end-to-end.ts';
import type { PerReservation } from './history.ts';
import type { LatencyMs } from './latency.ts';
import type { PerParked } from './parked.ts';
import type { Replay } from './replay.ts';
import { rounded } from './statistics.ts';
import type { Throughput } from './throughput.ts';

export interface Figures {
  readonly throughput: Throughput;
  readonly latencyMs: LatencyMs;
  readonly perReservation: PerReservation;
  readonly perParked: PerParked;
  readonly replay: Replay;
  readonly endToEnd: EndToEnd;
}

interface Row {
  readonly figure: string;
  readonly latchkey: string;
  readonly bare: string;
  /** What is compared with the bar; null where the row has none. */
  readonly value: number | null;
  readonly bar: number;
  /** A ratio of throughput shall be at least its bar, everything else at most. */
  readonly atLeast?: boolean;
}

const row = ({ bare = '', value = null, bar = 0, ...rest }: Partial<Row> & Pick<Row, 'figure' | 'latchkey'>): Row => ({
  bare,
  value,
  bar,
  ...rest,
});

function rowsOf({ throughput, latencyMs, perReservation, perParked, replay, endToEnd }: Figures): readonly Row[] {
  const latencies = (['bookingToGrant', 'issuedToHandedOver'] as const).flatMap((name) =>
    (['p50', 'p99'] as const).map((share) => {
      const { latchkey, bare } = latencyMs[name];
      const value = latchkey[share] / bare[share];
      return row({
        figure: `${name} ${share}, ms`,
        latchkey: String(latchkey[share]),
        bare: String(bare[share]),
        value,
        bar: share === 'p50' ? 2 : 2.5,
      });
    }),
  );
  const { actions, events, historyBytes } = perReservation;
  return [
    row({
      figure: 'stays per second',
      latchkey: String(throughput.latchkey),
      bare: String(throughput.bare),
      value: throughput.ratio,
      bar: 0.7,
      atLeast: true,
    }),
    ...latencies,
    row({ figure: 'actions', latchkey: String(actions), value: actions, bar: 18 }),
    row({ figure: 'events', latchkey: String(events) }),
    row({ figure: 'history, bytes', latchkey: String(historyBytes), value: historyBytes, bar: 14 * 1_024 }),
    row({
      figure: 'heap per parked stay, KB',
      latchkey: String(perParked.heapKB),
      bare: String(perParked.bareHeapKB),
      value: perParked.heapKB / perParked.bareHeapKB,
      bar: 1.5,
    }),
    row({
      figure: 'replay, ms',
      latchkey: String(replay.msPerHistory),
      bare: String(replay.bareMsPerHistory),
      value: replay.msPerHistory / replay.bareMsPerHistory,
      bar: 3,
    }),
    row({ figure: 'end to end, stays per second', latchkey: String(endToEnd.perSecond) }),
  ];
}

function verdict({ value, bar, atLeast = false }: Row): readonly string[] {
  if (value === null) return ['', '', ''];
  const holds = atLeast ? value >= bar : value <= bar;
  return [String(rounded(value, 2)), `${atLeast ? 'at least' : 'at most'} ${bar}`, holds ? 'ok' : 'FALLS SHORT'];
}

/** A plain table. The ratio is this engine's figure to the bare workflow's, or the figure itself where the bar is absolute. */
export function tableOf(figures: Figures): string {
  const cells = rowsOf(figures).map((line) => [line.figure, line.latchkey, line.bare, ...verdict(line)]);
  const all = [['figure', 'latchkey', 'bare', 'ratio or value', 'bar', ''], ...cells];
  const widths = all[0]?.map((_, column) => Math.max(...all.map((line) => line[column]?.length ?? 0))) ?? [];
  return all
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
