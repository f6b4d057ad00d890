/** A command under way: begun, then done in the outside world, then its answer heard; each at another time, with faults in between. */
import type { Command, SendCommand } from '../../workflows/domain/command.ts';
import type { Outcome } from '../../workflows/domain/event.ts';
import type { Failure, FailureType } from '../../workflows/domain/failure-types.ts';
import type { Post } from './post.ts';
import { provenContent } from './proof.ts';
import type { Record as Kept } from './record.ts';
import type { ModelSeam } from './seam.ts';

export interface Errand {
  readonly command: Command;
  readonly startedAt: number;
  /** The engine gave it up half-way; it may have been done all the same. */
  isCancelled: boolean;
  /** What will be heard; null while nothing has been done. */
  answer: Outcome | Failure | null;
}

export interface World {
  readonly seam: ModelSeam;
  readonly post: Post;
  readonly record: Kept;
  /** What a search for the stay that replaces this one finds. */
  readonly rebookedBy: string | null;
  readonly now: number;
}

const SEAM: readonly FailureType[] = ['SeamUnavailable', 'SeamRateLimited', 'SeamUnreadable', 'SeamUnauthorized', 'Unexpected'];
const WRITING: readonly FailureType[] = [
  ...SEAM,
  'SeamRejected',
  'SeamConflict',
  'SeamNotFound',
  'UnitOccupied',
  'ModeImpossible',
  'ReservationConflict',
];
const FAULTS: Readonly<Record<Exclude<Command['kind'], 'send'> | 'email' | 'sms', readonly FailureType[]>> = {
  grant: WRITING,
  changeWindow: WRITING,
  askForUnit: ['UnitOccupied', 'Unexpected'],
  read: SEAM,
  renewKey: SEAM,
  revoke: [...SEAM, 'SeamRejected', 'StillThere'],
  findRebooking: ['Unexpected'],
  handOver: ['Unexpected'],
  sendErrand: WRITING,
  followErrand: SEAM,
  email: ['MailUnavailable', 'MailUnanswered', 'MailRefused', 'Unauthorized', 'UnitOccupied', 'MessageLimit', ...SEAM],
  sms: ['SmsUnavailable', 'SmsUnanswered', 'SmsRefused', 'Unauthorized', 'UnitOccupied', 'MessageLimit', ...SEAM],
};

/** `isDone`: it happened, and only the answer was lost; that looks like an outage, never like a refusal. */
export interface Fault {
  readonly pick: number;
  readonly isDone: boolean;
}

/** What makes something that nobody wants any more is cancelled half-way. */
export function giveUp({ errands, commands }: { errands: Iterable<Errand>; commands: readonly Command[] }): void {
  const wanted = new Set(commands.map(({ key }) => key));
  for (const errand of errands) {
    const { kind, key } = errand.command;
    if (!wanted.has(key) && (kind === 'grant' || kind === 'changeWindow')) errand.isCancelled = true;
  }
}

/** What may have been done all the same. A message is sent after everything that is asked of Seam for it. */
const mayBeDone = ({ call, type }: { call: Call; type: FailureType }): boolean =>
  type === 'Unexpected' || type === (call === 'email' ? 'MailUnanswered' : call === 'sms' ? 'SmsUnanswered' : 'SeamUnavailable');

type Call = keyof typeof FAULTS;

export const callOf = (command: Command): Call => (command.kind === 'send' ? command.channel : command.kind);

export function failureOf({ call, fault }: { call: Call; fault: Fault }): Failure {
  const possible = FAULTS[call].filter((type) => !fault.isDone || mayBeDone({ call, type }));
  const type = possible[fault.pick % possible.length] ?? 'Unexpected';
  return { type, code: null, retryAfter: type === 'SeamRateLimited' ? 30_000 : null };
}

export const isFailure = (answer: Outcome | Failure): answer is Failure => 'type' in answer;

const CANCELLED: Failure = { type: 'Unexpected', code: 'cancelled', retryAfter: null };

/** What comes of an errand: with a fault it is done or not, and fails either way; one that was given up fails as cancelled. */
export function attempt({ errand, fault, world }: { errand: Errand; fault: Fault | null; world: World }): Outcome | Failure {
  const { command, isCancelled } = errand;
  if (fault === null) return carryOut({ command, world });
  if (fault.isDone) carryOut({ command, world });
  return isCancelled ? CANCELLED : failureOf({ call: callOf(command), fault });
}

/** Does what a command asks of Seam or a channel, and says what came of it. */
function carryOut({ command, world }: { command: Command; world: World }): Outcome | Failure {
  const { seam } = world;
  switch (command.kind) {
    case 'grant': {
      const { doors, modes, window } = command.desired;
      const reading = seam.grant({ key: command.grantKey, doors, modes, window });
      return { kind: 'granted', grantKey: command.grantKey, reading, rebooks: null, sharesWith: null };
    }
    case 'changeWindow':
      seam.move({ grantId: command.accessGrantId ?? '', window: command.window });
      return { kind: 'windowChanged', grantKey: command.grantKey, window: command.window };
    case 'askForUnit':
      return { kind: 'unitFree', grantKey: command.grantKey };
    case 'read':
      return { kind: 'read', grantKey: command.grantKey, reading: seam.read(command.grantKey) };
    case 'revoke':
      return seam.delete(command.grantKey)
        ? { kind: 'revoked', grantKey: command.grantKey }
        : { type: 'StillThere', code: null, retryAfter: null };
    case 'renewKey':
      return { kind: 'keyRenewed', guestId: command.guestId, isNew: true };
    case 'findRebooking':
      return { kind: 'rebookingLookedFor', by: world.rebookedBy };
    case 'handOver':
      return { kind: 'handedOver' };
    case 'sendErrand':
      world.seam.write({ methodId: cardOf({ world, errandKey: command.errandKey }) });
      return confirmed(command);
    case 'followErrand':
      return confirmed(command);
    case 'send':
      return send({ command, world });
  }
}

const confirmed = ({ errandKey }: { errandKey: string }): Outcome => ({
  kind: 'errand',
  errandKey,
  attempt: { actionAttemptId: 'attempt', state: 'confirmed', code: null },
});

/** The card that an order wants written; of any other order none. */
function cardOf({ world, errandKey }: { world: World; errandKey: string }): string {
  const action = world.record.orders.get(errandKey)?.action;
  return action?.action === 'encode-card' ? action.accessMethodId : 'none';
}

function send({ command, world: { seam, post, now } }: { command: SendCommand; world: World }): Outcome {
  const { messageId, guestId, channel, address, notice, lookUpSince } = command;
  const claimed = command.facts?.rooms.map(({ grantKey }) => grantKey) ?? [];
  const content = provenContent({ seam, notice, grantKeys: claimed });
  if (content === null) return { kind: 'outdated', messageId };
  const rooms = 'facts' in notice ? notice.facts.rooms : [];
  const grantKeys = rooms.map(({ grantKey }) => grantKey);
  const ends = Object.fromEntries(rooms.map(({ grantKey, window }) => [grantKey, window.endsAt]));
  const providerId = post.take({ messageId, guestId, channel, address, kind: notice.kind, content, grantKeys, ends, at: now, lookUpSince });
  return { kind: 'sent', messageId, providerId };
}
