/** One access grant of a room and guest: what was asked of Seam, what the last read showed, and how far its end has come. */
import type { DoorSet, LowLevel, Mode } from './property.ts';
import type { Instant } from './reservation.ts';

export interface Window {
  readonly startsAt: Instant;
  readonly endsAt: Instant;
}

export type DoorKind = 'entrance' | 'device';

export interface Door {
  readonly id: string;
  readonly kind: DoorKind;
  readonly name: string;
  /** What the door itself reports as wrong: Seam's code of an error or of a warning that lets guests down, or `low_battery`; else null. */
  readonly fault: string | null;
  /** A plain device that can be unlocked from afar; absent: it can't, or is an entrance. */
  readonly unlocksRemotely?: true;
}

export type MethodState = 'pending' | 'encoding_required' | 'assignment_required' | 'issued' | 'updating' | 'failed' | 'revoked';

export interface Method {
  readonly accessMethodId: string;
  readonly mode: Mode;
  readonly state: MethodState;
  readonly isBackupCode: boolean;
  /**
   * Keyed hash of the code or Instant Key link, so that a change after telling is noticed and no secret is stored: `<key id>.<digest>`.
   * null while there is nothing to tell.
   */
  readonly fingerprint: string | null;
  /** The doors that this method opens, by id. */
  readonly doors: readonly string[];
  /** When an Instant Key stops opening its page. */
  readonly expiresAt: Instant | null;
  /** It goes on opening until its end, whatever Seam shows: an encoded card, a code on an offline lock (rule 9). Absent: it does not. */
  readonly outlivesRevocation?: true;
  /** A card that waits for the desk, which may write it or assign one that exists, whichever `state` names. */
  readonly eitherWay?: true;
  /** A card that Seam has not made ready for the desk yet. */
  readonly isInPreparation?: true;
}

/** What one read of Seam showed of a grant: the proof behind every word to a guest. */
export interface AccessReading {
  /** false: Seam knows no such grant. */
  readonly found: boolean;
  readonly beingDeleted: boolean;
  readonly accessGrantId: string | null;
  readonly window: Window | null;
  readonly doors: readonly Door[];
  /** The spaces of the grant with the doors that belong to them now: a door that joins a unit's space is the unit's (rule 1). */
  readonly spaces: readonly { readonly id: string; readonly key: string | null; readonly doors: readonly string[] }[];
  readonly methods: readonly Method[];
  /** Doors that Seam says it could not reach, by id; and what it says in words, without personal data. */
  readonly problems: readonly { readonly code: string; readonly doorId: string | null; readonly text: string }[];
}

/** One grant, from the moment it is asked for. A new one is made for other doors or modes, never for other times. */
export interface Access {
  readonly grantKey: string;
  readonly generation: number;
  readonly roomId: string;
  readonly guestId: string;
  readonly unitId: string;
  readonly doors: DoorSet;
  readonly modes: readonly Mode[];
  /** How many methods of mode `card` were asked for; absent: one, where `modes` has it. */
  readonly cards?: number;
  /** What Seam was last asked for, and when. */
  readonly asked: Window;
  readonly askedAt: Instant;
  /** How often these times were asked for without a read that shows them; absent: never. */
  readonly timesAsked?: number;
  /** null also for good: a low-level provider makes no grant. */
  readonly accessGrantId: string | null;
  readonly reading: AccessReading | null;
  readonly readAt: Instant | null;
  /** Something happened that a read must look at. */
  readonly stale: boolean;
  /** It happened after the present read had begun, so that read does not count. */
  readonly rereadDue: boolean;
  /** New times were asked for, and no read has shown since what became of that. */
  readonly timesInDoubt?: boolean;
  /** With `overlap: warn`: the key of another stay that has the unit, too. */
  readonly sharesWith: string | null;
  /** A stay that was booked first came into the unit, as was heard then; `by`: its key, once it was asked about and is still there. */
  readonly contested?: { readonly heardAt: Instant; readonly by: string | null };
  /** A person asked for another one in its place (a leaked code, a lost card): it serves nobody any more, and goes once its successor is told. */
  readonly isSuperseded: boolean;
  /** A stranger may know what it opens with: its successor must not have the same. */
  readonly isLeaked?: true;
  /** When its Instant Key was last made anew by us. */
  readonly renewedAt?: Instant;
  /** When a lock first reported a use of it; later uses are not kept (rule 21). Absent: none was reported. */
  readonly firstUsedAt?: Instant;
  /** Why and since when it is taken back; null while it is wanted. */
  readonly ending: { readonly since: Instant; readonly why: EndingCause } | null;
  /** When a read-back showed that Seam holds neither the grant nor any of its methods. */
  readonly readBackAt: Instant | null;
  /** The end with which something that outlives its revocation was last issued; after the read-back null unless it still opens then. */
  readonly residualUntil: Instant | null;
  /** Cards of the house that were assigned to the guest, by their credentials: they are given back and not deleted. */
  readonly lent?: readonly string[];
  /** Methods that no reading shows, found when it was to be taken back: their end has to be proven, too. */
  readonly learnt?: readonly string[];
  /** What made it in place of Access Grants, kept with it, for the configuration may change; left out where they did. */
  readonly lowLevel?: LowLevel;
}

export type EndingCause =
  | 'over'
  | 'checked_out'
  | 'cancelled'
  | 'no_show'
  | 'withdrawn'
  | 'revoked'
  | 'replaced'
  | 'condition_lost'
  | 'guest_removed'
  | 'room_removed';

/** All that is known to belong to it. */
export const methodIdsOf = ({ reading, learnt = [] }: Pick<Access, 'reading' | 'learnt'>): readonly string[] => [
  ...new Set([...(reading?.methods.map((method) => method.accessMethodId) ?? []), ...learnt]),
];
