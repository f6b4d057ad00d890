/** The whole of a simulated workspace in memory, by id, and its way to and from a snapshot. */
import { randomUUID } from 'node:crypto';
import type { Job } from './jobs.ts';
import type { ActionAttempt, ClientSession, Grant, Identity, InstantKey, Method, SeamEvent, Webhook } from './records.ts';

export interface State {
  readonly workspaceId: string;
  readonly connectedAccountId: string;
  readonly createdAt: number;
  sequence: number;
  readonly identities: Map<string, Identity>;
  readonly grants: Map<string, Grant>;
  readonly methods: Map<string, Method>;
  readonly instantKeys: Map<string, InstantKey>;
  readonly sessions: Map<string, ClientSession>;
  readonly attempts: Map<string, ActionAttempt>;
  readonly webhooks: Map<string, Webhook>;
  readonly events: SeamEvent[];
  readonly jobs: Job[];
}

/** JSON has no Map: collections are kept as arrays. */
export type Snapshot = { readonly [K in keyof State]: State[K] extends Map<string, infer T> ? T[] : State[K] };

export function emptySnapshot(): Snapshot {
  return {
    workspaceId: randomUUID(),
    connectedAccountId: randomUUID(),
    createdAt: Date.now(),
    sequence: 0,
    identities: [],
    grants: [],
    methods: [],
    instantKeys: [],
    sessions: [],
    attempts: [],
    webhooks: [],
    events: [],
    jobs: [],
  };
}

const byId = <T extends { readonly id: string }>(records: readonly T[]): Map<string, T> =>
  new Map(records.map((record) => [record.id, record]));

export function stateOf(snapshot: Snapshot): State {
  return {
    ...snapshot,
    identities: byId(snapshot.identities),
    grants: byId(snapshot.grants),
    methods: byId(snapshot.methods),
    instantKeys: byId(snapshot.instantKeys),
    sessions: byId(snapshot.sessions),
    attempts: byId(snapshot.attempts),
    webhooks: byId(snapshot.webhooks),
  };
}

export function snapshotOf(state: State): Snapshot {
  return {
    ...state,
    identities: [...state.identities.values()],
    grants: [...state.grants.values()],
    methods: [...state.methods.values()],
    instantKeys: [...state.instantKeys.values()],
    sessions: [...state.sessions.values()],
    attempts: [...state.attempts.values()],
    webhooks: [...state.webhooks.values()],
  };
}
