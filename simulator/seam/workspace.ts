/** What every noun of the simulator works on: the state, the estate, the settings, and the three things that can be done to the world. */
import { randomUUID } from 'node:crypto';
import type { Estate } from './estate.ts';
import type { Job } from './jobs.ts';
import type { SeamEvent } from './records.ts';
import type { Settings } from './settings.ts';
import type { State } from './state.ts';

/** Newest events that are kept for `/events/list`. */
const EVENTS_KEPT = 50_000;

export interface Workspace {
  readonly state: State;
  readonly estate: Estate;
  readonly settings: Settings;
  /** Records an event and hands it to the webhooks. */
  emit(type: string, fields: object): void;
  schedule(job: Job): void;
  /** The next sequence number. */
  next(): number;
}

export const iso = (time: number): string => new Date(time).toISOString();

/** What most resources begin with. */
export const born = (workspace: Workspace, createdAt: number) => ({
  workspace_id: workspace.state.workspaceId,
  created_at: iso(createdAt),
});

interface Parts {
  readonly state: State;
  readonly estate: Estate;
  readonly settings: Settings;
  readonly deliver: (event: SeamEvent) => void;
  readonly schedule: (job: Job) => void;
}

/** Spaces made or changed through the API stand in place of those of the estate. */
function livingEstate({ estate, state }: Pick<Parts, 'estate' | 'state'>): Estate {
  return {
    ...estate,
    get spaces() {
      if (state.spaces.size === 0) return estate.spaces;
      const changed = [...state.spaces.values()].map(({ id, key, name, entranceIds, deviceIds }) => ({
        spaceId: id,
        spaceKey: key,
        name,
        entranceIds,
        deviceIds,
      }));
      return [...estate.spaces.filter((space) => !state.spaces.has(space.spaceId)), ...changed];
    },
  };
}

export function createWorkspace({ state, estate, settings, deliver, schedule }: Parts): Workspace {
  return {
    state,
    estate: livingEstate({ estate, state }),
    settings,
    schedule,
    next: () => {
      state.sequence += 1;
      return state.sequence;
    },
    emit: (type, fields) => {
      const now = iso(Date.now());
      const event = {
        event_id: randomUUID(),
        event_type: type,
        workspace_id: state.workspaceId,
        created_at: now,
        occurred_at: now,
        ...fields,
      };
      state.events.push(event);
      // Cut in large steps: each cut moves the whole array.
      if (state.events.length > EVENTS_KEPT * 1.1) state.events.splice(0, state.events.length - EVENTS_KEPT);
      deliver(event);
    },
  };
}
