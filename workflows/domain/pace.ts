/** How long to wait: every pause and deadline that the engine chooses by itself, in one place (rule 22). Milliseconds. */
import type { Failure, FailureType } from './failure-types.ts';
import { FAILURES } from './failure-types.ts';
import type { Duration, Instant } from './reservation.ts';
import type { Setback } from './state.ts';

const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** A booking made after `attentionBefore` has this long before it counts as late. */
export const LATE_BOOKING_ALLOWANCE: Duration = 5 * MINUTE;
/** A booking made just before patience ends is not late before Seam can have made anything. */
export const MAKING_ALLOWANCE: Duration = 15 * SECOND;
/** Staff hears of a deletion that does not take after this long (rule 9). */
export const REVOCATION_ALERT_AFTER: Duration = HOUR;
/** Seam may show the old times of a grant for this long after it took new ones; then they are asked for again. */
const WINDOW_SETTLES: Duration = 60 * SECOND;
/** A card that is not ready for the desk is looked at again, each time after as long as it has taken already. */
export const PREPARATION = { first: 5 * SECOND, longest: DAY } as const satisfies Record<string, Duration>;
/** A cancelled stay whose booking was made anew keeps its access for at most this long, until the guest holds the new one. */
export const REBOOKING_PATIENCE: Duration = 5 * MINUTE;
/** Staff hears this long before the end that a guest is still checked in (rule 2). */
export const OVERSTAY_WARNING: Duration = 30 * MINUTE;
/** Another Instant Key at the guest's request: how soon after the last one, and how many for a guest and stay (rule 7). */
export const KEY_REQUESTS = { pause: 5 * MINUTE, most: 5 } as const;
/** The page waits this long for the key that its guest asked for. */
export const KEY_PATIENCE: Duration = 8 * SECOND;
/** A guest who asks for help again within this is heard already. */
export const HELP_AGAIN_AFTER: Duration = HOUR;
/** That a guest asked for help is a reason in the view for this long. */
export const HELP_SHOWN: Duration = 24 * HOUR;
/** A closed stay waits this long for its last messages, then gives them up. */
export const LAST_WORDS: Duration = 12 * HOUR;

/** Lost events are looked for this often: the guest is told within 90 s of a lost webhook (rule 22). */
export const CATCH_UP_EVERY: Duration = 15 * SECOND;
export const CATCH_UP = {
  /** How far back the first look goes. */
  firstLook: 10 * MINUTE,
  /** Younger events are left to their webhook, which is usually done by then. */
  leftToWebhooks: 10 * SECOND,
  /** Looked at again: longer than a stay can be busy with one command, for until then visibility may show how it was before. */
  overlap: 4 * MINUTE,
  /** After a long silence, events are read in spans of this length. */
  span: 10 * MINUTE,
} as const satisfies Record<string, Duration>;

/** Every grant is held against its stay this often. */
export const SWEEP_EVERY: Duration = 15 * MINUTE;
/** How often stays are looked for whose data is to go (rule 20). */
export const ERASE_EVERY: Duration = HOUR;
/** A stay ends its access within seconds; one that has not by now is told to look again. */
export const OVERDUE: Duration = 10 * MINUTE;
/** A stay that looked again and again without success may be stuck: the grant goes without it. */
export const UNHEARD: Duration = 60 * MINUTE;

/** Staff hears of a grant that nobody owns once, and again where it is still there after so long without another one. */
export const UNOWNED_FORGOTTEN: Duration = 90 * DAY;

/** Running stays follow another configuration within this. */
export const FOLLOW_EVERY: Duration = 60 * SECOND;
/** What no single stay has to tell staff is tried for a day. */
export const STAFF_ALERT = { pause: 10 * MINUTE, tries: 144 } as const;

/** An unlock that was asked for longer ago is not sent any more (rule 8). */
export const UNLOCK_DEADLINE: Duration = 10 * SECOND;
/** What Seam says of an errand is waited for this long: a lock answers soon or not at all, a card has to be found first. */
export const ERRAND_PATIENCE = { unlock: 15 * SECOND, encode: 5 * MINUTE, assign: MINUTE } as const satisfies Record<string, Duration>;

interface Pauses {
  readonly first: Duration;
  readonly longest: Duration;
  /** From this age of the trouble on, pauses may grow to an hour. */
  readonly patience: Duration;
}

const SEAM: Pauses = { first: 5 * SECOND, longest: 5 * MINUTE, patience: HOUR };
const CHANNEL: Pauses = { first: 10 * SECOND, longest: 10 * MINUTE, patience: Number.POSITIVE_INFINITY };
/** A deletion is under way: looked at soon, since it usually takes seconds. */
const DELETION: Pauses = { first: 2 * SECOND, longest: 5 * MINUTE, patience: HOUR };

/** Another stay has the unit: it leaves when it leaves, or the PMS puts the two in order within the minute. */
const OCCUPIED: Pauses = { first: 5 * SECOND, longest: 5 * MINUTE, patience: Number.POSITIVE_INFINITY };
/** What a door can do changes when somebody works on it: looked at ever more rarely, so that a booking of next year costs a dozen looks. */
const IMPOSSIBLE: Pauses = { first: HOUR, longest: Number.POSITIVE_INFINITY, patience: Number.POSITIVE_INFINITY };
/** Two stays that swap their units pass through a conflict: staff hears of one that lasts longer. */
export const SWAP_ALLOWANCE: Duration = 60 * SECOND;

/** Messages are numbered (`m1`), and their commands are their numbers. */
const isMessage = (command: string): boolean => /^m\d+$/.test(command);

function pausesOf({ type, command }: { type: FailureType; command: string }): Pauses {
  if (type === 'StillThere') return DELETION;
  if (type === 'UnitOccupied') return OCCUPIED;
  if (type === 'ModeImpossible') return IMPOSSIBLE;
  return isMessage(command) ? CHANNEL : SEAM;
}

/** Two reads of Seam disagree: the next word waits, longer each time. */
export const pauseAfterOutdated = (times: number): Duration => Math.min(2 * SECOND * 2 ** Math.min(times, 10), 5 * MINUTE);

/** Taking access back is tried again whatever went wrong: nobody keeps a key because a request was refused (rule 9). */
const isPersistent = (command: string): boolean => command.startsWith('revoke ');

/** When times that Seam took and does not show are asked for again: each asking begins anew at the lock, so ever more rarely. */
export const askAgainAt = ({ askedAt, timesAsked = 1 }: { readonly askedAt: Instant; readonly timesAsked?: number }): Instant =>
  askedAt + Math.min(WINDOW_SETTLES * 2 ** Math.min(timesAsked - 1, 20), HOUR);

/** The setback after one more failure of `command`: growing pauses, never shorter than what the other side asked for. */
export function setbackAfter({
  before,
  command,
  failure,
  now,
}: {
  before: Setback | undefined;
  command: string;
  failure: Failure;
  now: Instant;
}): Setback {
  const again = before !== undefined && before.command === command;
  const count = again ? before.count + 1 : 1;
  const since = again ? before.since : now;
  const { first, longest, patience } = pausesOf({ type: failure.type, command });
  const cap = now - since > patience ? HOUR : longest;
  const pause = Math.max(Math.min(first * 2 ** Math.min(count - 1, 20), cap), failure.retryAfter ?? 0);
  return {
    command,
    failure,
    count,
    since,
    retryAt: FAILURES[failure.type].retry !== 'never' || isPersistent(command) ? now + pause : null,
  };
}
