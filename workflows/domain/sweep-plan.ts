/** What the sweep does about a grant that Seam lists, and about one that it should list (rule 11). */
import type { LowLevelAccess } from './low-level.ts';
import { OVERDUE, UNHEARD } from './pace.ts';
import type { Duration, Instant } from './reservation.ts';
import type { Standing } from './standing.ts';

/** A grant of ours, or what a low-level provider made in place of one, as Seam lists it. */
export interface ListedGrant {
  /** Of a grant; of a credential or code as `markedId` writes it. */
  readonly accessGrantId: string;
  /** Begins with the workflow that made it: a grant's key, a code's name, the key of a credential's identity. */
  readonly grantKey: string;
  /** null: it has no end. */
  readonly endsAt: Instant | null;
  readonly accessMethodIds: readonly string[];
  readonly isBeingDeleted: boolean;
  /** Absent for a grant. */
  readonly lowLevel?: LowLevelAccess;
}

/** Found by one sweep at most, for an answer has to fit into one message; the next sweep finds the others. */
export const MOST_ORPHANS = 2_000;

/** `hint`: its stay is told to look. `report`: nobody knows whose it is, so a person has to. */
export type SweepStep = 'leave' | 'hint' | 'revoke' | 'report';

/** `standing` null: there is no workflow of that name. Its grant is never taken back, whatever its times. */
export function sweepStep({ grant, standing, now }: { grant: ListedGrant; standing: Standing | null; now: Instant }): SweepStep {
  if (grant.isBeingDeleted) return 'leave';
  if (standing === null) return 'report';
  const overdue = grant.endsAt === null ? 0 : now - grant.endsAt;
  switch (standing.state) {
    case 'over':
      return 'revoke';
    case 'broken_off':
      // Its guest may be in the house with nobody left to look after the key.
      return overdue > OVERDUE ? 'revoke' : 'report';
    case 'running':
      if (overdue > UNHEARD) return 'revoke';
      return overdue > OVERDUE ? 'hint' : 'leave';
  }
}

/** Grants, credentials and codes that a running stay believes to hold and that Seam does not list: it has to look. */
export const vanishedGrants = ({ standing, listed }: { standing: Standing; listed: ReadonlySet<string> }): readonly string[] =>
  standing.state === 'running' ? standing.accessGrantIds.filter((id) => !listed.has(id)) : [];

interface Health {
  readonly standing: Standing;
  /** When access starts by each grant that opens a door which fares badly now. */
  readonly ailing: ReadonlyMap<string, Instant>;
  readonly attentionBefore: Duration;
  readonly now: Instant;
}

/** Grants that a stay should look at: a ready one at those of broken doors, once it matters; one at risk, whether that is over. */
export function healthHints({ standing: { state, readiness, accessGrantIds }, ailing, attentionBefore, now }: Health): readonly string[] {
  if (state !== 'running') return [];
  const broken = accessGrantIds.filter((id) => (ailing.get(id) ?? Number.POSITIVE_INFINITY) - attentionBefore <= now);
  if (readiness === 'ready') return broken;
  return readiness === 'at_risk' && broken.length === 0 ? accessGrantIds : [];
}
