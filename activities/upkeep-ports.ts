/** What catch-up and sweep need of the outside world. Every method may be repeated, and fails as those of `ports.ts` do. */
import type { LowLevelAccess } from '../workflows/domain/low-level.ts';
import type { DoorSet } from '../workflows/domain/property.ts';
import type { Instant } from '../workflows/domain/reservation.ts';
import type { Standing } from '../workflows/domain/standing.ts';
import type { ListedGrant } from '../workflows/domain/sweep-plan.ts';

/** One event of Seam's log, as far as its route. */
export interface LoggedEvent {
  readonly eventId: string;
  readonly eventType: string;
  readonly grantKeys: readonly string[];
  /** Ids of grants; of a low-level provider's credentials and codes as `markedId` writes them. */
  readonly handles: readonly string[];
  /** Of an event about a door, which names no grant; else null. */
  readonly place: DoorPlace | null;
  /** As the webhook would bring it. May hold a code: it goes to the intake and nowhere else. */
  readonly body: unknown;
}

/** Where an event about doors happened, as Seam names it. */
export type DoorPlace =
  | { readonly device_id: string }
  | { readonly acs_entrance_id: string }
  | { readonly acs_system_id: string }
  | { readonly space_id: string };

/** What opens a door, whoever made it; its id and key are those of `ListedGrant`. */
export interface GrantAtDoor {
  readonly accessGrantId: string;
  readonly grantKey: string;
  readonly startsAt: Instant;
  /** null: it has no end. */
  readonly endsAt: Instant | null;
}

/** The doors of the workspace. */
export interface HousePort {
  /** Only those with a key; none where Seam knows no such door. */
  grantsAt(place: DoorPlace, signal: AbortSignal): Promise<readonly GrantAtDoor[]>;
  /** The grants of every door that would let a guest down now, each once. */
  ailing(signal: AbortSignal): Promise<readonly GrantAtDoor[]>;
}

/** Everything that Seam would have told by webhook (`/events/list`). */
export interface EventLogPort {
  /** Events created in between, each once or more, page by page in any order; the last page is empty. */
  page(
    asked: { readonly after: Instant; readonly before: Instant; readonly offset: number },
    signal: AbortSignal,
  ): Promise<readonly LoggedEvent[]>;
}

/** All grants of the workspace, and what the low-level providers of the house made in place of grants. */
export interface GrantListPort {
  /** Only those with a key; `next` null after the last page. */
  page(
    asked: { readonly cursor: string | null },
    signal: AbortSignal,
  ): Promise<{ readonly grants: readonly ListedGrant[]; readonly next: string | null }>;
  /** Those of at most 100 ids that Seam lists; also those of a provider that the configuration names no longer, which nobody can tell. */
  listed(accessGrantIds: readonly string[], signal: AbortSignal): Promise<ReadonlySet<string>>;
  /** The doors that a grant, a credential or a code opens; none where it is gone. */
  doors(accessGrantId: string, signal: AbortSignal): Promise<DoorSet>;
}

/** The stays of this deployment from outside, most of it from visibility, which may lag by seconds. */
export interface StandingPort {
  /** By workflow id; those that Temporal does not know are left out. */
  ofWorkflows(workflowIds: readonly string[]): Promise<ReadonlyMap<string, Standing>>;
  /** By a grant, credential or code that they hold, as in `LoggedEvent.handles`. */
  ofGrants(handles: readonly string[]): Promise<ReadonlyMap<string, Standing>>;
  /** All that run, page by page; `next` null after the last. */
  running(asked: { readonly cursor: string | null }): Promise<{ readonly standings: readonly Standing[]; readonly next: string | null }>;
  /** How many grants the running stays of a property hold. */
  liveGrants(propertyId: string): Promise<number>;
  /** Whether nobody runs under that id, without the lag: asked before anything is taken back. */
  isClosed(workflowId: string): Promise<boolean>;
}

/** The way to a stay. */
export interface StayPort {
  /** An event on the way that its webhook takes; answers how many stays heard of it. */
  hear(body: unknown): Promise<number>;
  /** Has a stay look at one of its grants; false where it does not run. `hintId`: however often it is sent, it is one hint. */
  hint(hint: { readonly workflowId: string; readonly accessGrantId: string; readonly hintId: string }): Promise<boolean>;
}

/** A grant that no living stay owns: of a stay that ended without it, or long past its end. */
export interface Orphan {
  readonly grantKey: string;
  readonly accessGrantId: string;
  readonly accessMethodIds: readonly string[];
  readonly propertyId: string;
  readonly lowLevel?: LowLevelAccess;
}

export interface BrakePort {
  /** All that a sweep would take back; answers the ids of the grants that may go now (rule 10). */
  pass(orphans: readonly Orphan[]): Promise<readonly string[]>;
}

/** A grant of this deployment whose stay is not to be found, or was broken off. */
export interface UnownedGrant {
  readonly grantKey: string;
  readonly accessGrantId: string;
  /** null: no stay says whose it is. */
  readonly propertyId: string | null;
  /** Of a credential or user: its access system. */
  readonly systemId?: string;
}

export interface UnownedPort {
  /** Has the staff of each grant's property told, once per grant; nobody, where no property has its doors. */
  report(grants: readonly UnownedGrant[], signal: AbortSignal): Promise<void>;
}
