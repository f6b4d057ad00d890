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

export function createMetrics(registry: Registry): { readonly requests: RequestMetrics; readonly webhooks: WebhookMetrics } {
  const registers = [registry];
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
