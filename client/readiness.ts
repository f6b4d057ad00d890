/** Whether bookings can be taken: Temporal takes writes. What else is well or not only informs. */
import type { Client } from '@temporalio/client';
import { callTemporal, DEADLINE_MS } from './reservations/temporal-calls.ts';

export type CheckState = 'ok' | 'down' | 'standin';
export type Probe = () => Promise<CheckState>;

export interface Readiness {
  readonly ready: boolean;
  readonly checks: Readonly<Record<'temporal' | 'worker' | 'seam' | 'mail' | 'sms', CheckState>>;
}

/** Milliseconds. Those of other companies' services are asked rarely, however often somebody asks us. */
const KEPT_MS = { own: 1_000, outside: 15_000 } as const;
/** A waiting worker asks again at least once a minute. */
const POLLED_WITHIN_MS = 90_000;

interface ReadinessDependencies {
  readonly client: Client;
  readonly taskQueue: string;
  readonly probes: { readonly seam: Probe; readonly mail: Probe; readonly sms: Probe };
}

export function createReadiness({ client, taskQueue, probes }: ReadinessDependencies): () => Promise<Readiness> {
  const temporal = kept({ probe: () => temporalTakesWrites(client), ms: KEPT_MS.own });
  const worker = kept({ probe: () => workerPolls({ client, taskQueue }), ms: KEPT_MS.own });
  const seam = kept({ probe: probes.seam, ms: KEPT_MS.outside });
  const mail = kept({ probe: probes.mail, ms: KEPT_MS.outside });
  const sms = kept({ probe: probes.sms, ms: KEPT_MS.outside });
  return async () => {
    const [t, w, s, m, p] = await Promise.all([temporal(), worker(), seam(), mail(), sms()]);
    return { ready: t === 'ok', checks: { temporal: t, worker: w, seam: s, mail: m, sms: p } };
  };
}

/** One probe at a time, its answer kept for a while; a probe that fails or does not answer in time reads `down`. */
function kept({ probe, ms }: { probe: Probe; ms: number }): Probe {
  let last: { readonly at: number; readonly state: Promise<CheckState> } | null = null;
  return () => {
    if (last === null || Date.now() - last.at >= ms) last = { at: Date.now(), state: bounded(probe) };
    return last.state;
  };
}

async function bounded(probe: Probe): Promise<CheckState> {
  const silence = AbortSignal.timeout(DEADLINE_MS.probe);
  const late = new Promise<CheckState>((resolve) => silence.addEventListener('abort', () => resolve('down'), { once: true }));
  return Promise.race([probe().catch((): CheckState => 'down'), late]);
}

/** The namespace comes from the server's database: an answer shows that it is reached. */
async function temporalTakesWrites(client: Client): Promise<CheckState> {
  const { namespace } = client.options;
  await callTemporal({
    client,
    deadline: Date.now() + DEADLINE_MS.probe,
    call: () => client.workflowService.describeNamespace({ namespace }),
  });
  return 'ok';
}

async function workerPolls({ client, taskQueue }: { client: Client; taskQueue: string }): Promise<CheckState> {
  // Without a type the server answers for workflow tasks.
  const request = { namespace: client.options.namespace, taskQueue: { name: taskQueue } };
  const { pollers } = await callTemporal({
    client,
    deadline: Date.now() + DEADLINE_MS.probe,
    call: () => client.workflowService.describeTaskQueue(request),
  });
  const since = (Date.now() - POLLED_WITHIN_MS) / 1000;
  return pollers.some(({ lastAccessTime }) => Number(lastAccessTime?.seconds ?? 0) >= since) ? 'ok' : 'down';
}
