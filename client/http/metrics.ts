/** What this server counts, for Prometheus. Labels are patterns and words of our own: never an address, an id or a name. */
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

export interface RequestMetrics {
  observe(request: { readonly method: string; readonly route: string; readonly status: number; readonly seconds: number }): void;
}

export interface WebhookMetrics {
  /** `heard`: a workflow was told. `dropped`: unknown, closed, or it tells nothing. `unreadable`: signed, but no event. */
  count(webhook: { readonly sender: 'seam' | 'twilio'; readonly outcome: 'heard' | 'dropped' | 'unreadable' }): void;
}

/** Seconds. Answers of Temporal's lie around 10 ms, and the longest deadline at 5 s. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 3, 6];

/** Milliseconds for which a figure from Temporal stands. */
const STANDS = 60_000;

/** `unowned`: how many grants the last sweep found without a stay; null: not known. */
export function createMetrics({ registry, unowned }: { registry: Registry; unowned: () => Promise<number | null> }): {
  readonly requests: RequestMetrics;
  readonly webhooks: WebhookMetrics;
} {
  const registers = [registry];
  registry.registerMetric(unownedGauge(unowned));
  const seconds = new Histogram({
    name: 'latchkey_http_request_seconds',
    help: 'Time to answer, by route and status.',
    labelNames: ['method', 'route', 'status'],
    buckets: BUCKETS,
    registers,
  });
  const webhooks = new Counter({
    name: 'latchkey_webhooks_total',
    help: 'Authentic webhooks, by sender and what came of them.',
    labelNames: ['sender', 'outcome'],
    registers,
  });
  const last = new Gauge({
    name: 'latchkey_webhook_last_timestamp_seconds',
    help: 'When the last authentic webhook of a sender came.',
    labelNames: ['sender'],
    registers,
  });
  return {
    requests: { observe: ({ method, route, status, seconds: took }) => seconds.observe({ method, route, status }, took) },
    webhooks: {
      count: ({ sender, outcome }) => {
        webhooks.inc({ sender, outcome });
        last.set({ sender }, Date.now() / 1000);
      },
    },
  };
}

/** Each server of a deployment shows the same: take the maximum. */
function unownedGauge(unowned: () => Promise<number | null>): Gauge {
  let askedAt = Number.NEGATIVE_INFINITY;
  return new Gauge({
    name: 'latchkey_unowned_grants',
    help: 'Grants of this deployment in Seam whose stay is not to be found, by the last sweep; NaN where that is not known.',
    registers: [],
    async collect() {
      if (performance.now() - askedAt < STANDS) return;
      askedAt = performance.now();
      this.set((await unowned().catch(() => null)) ?? Number.NaN);
    },
  });
}
