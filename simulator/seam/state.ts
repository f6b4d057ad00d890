/** The whole of a simulated workspace in memory, by id, and its way to and from a snapshot. */
import { randomUUID } from 'node:crypto';
import type { Job } from './jobs.ts';
import type { AccessCode, AcsCredential, AcsUser } from './low-level-records.ts';
import type {
  ActionAttempt,
  ClientSession,
  ConnectWebview,
  Grant,
  Identity,
  InstantKey,
  Method,
  SeamEvent,
  Space,
  Webhook,
} from './records.ts';

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
  readonly acsUsers: Map<string, AcsUser>;
  readonly acsCredentials: Map<string, AcsCredential>;
  readonly accessCodes: Map<string, AccessCode>;
  readonly connectWebviews: Map<string, ConnectWebview>;
  /** Made or changed through the API. */
  readonly spaces: Map<string, Space>;
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
    acsUsers: [],
    acsCredentials: [],
    accessCodes: [],
    connectWebviews: [],
    spaces: [],
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
    acsUsers: byId(snapshot.acsUsers),
    acsCredentials: byId(snapshot.acsCredentials),
    accessCodes: byId(snapshot.accessCodes),
    connectWebviews: byId(snapshot.connectWebviews),
    spaces: byId(snapshot.spaces),
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
    acsUsers: [...state.acsUsers.values()],
    acsCredentials: [...state.acsCredentials.values()],
    accessCodes: [...state.accessCodes.values()],
    connectWebviews: [...state.connectWebviews.values()],
    spaces: [...state.spaces.values()],
  };
}
