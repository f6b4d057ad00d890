/**
 * What a booking system says of a reservation becomes a signal: durable once the server took it, with no worker alive. A closed
 * reservation is started again with the state it ended in, so that old versions, proofs and messages are not forgotten.
 */
import { isDeepStrictEqual } from 'node:util';
import { WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError } from '@temporalio/client';
import { stayWindow } from '../../workflows/domain/access-window.ts';
import { reservationKeyText } from '../../workflows/domain/ids.ts';
import { compareVersions, type Reservation, type ReservationKey, type Version } from '../../workflows/domain/reservation.ts';
import { NO_ORDERS, NO_REBOOKING, type ReservationState } from '../../workflows/domain/state.ts';
import { type ReservationFact, reservationSignal, type StartArguments, WORKFLOW_TYPE } from '../../workflows/messages.ts';
import { initialSearchAttributes } from '../../workflows/visibility.ts';
import { propertyOf } from '../property-snapshot.ts';
import { BadRequest, TemporalUnavailable, UnknownReservation } from '../refusals.ts';
import { type Address, type Context, keyOf, type Scope, within } from './context.ts';
import { lastRun, lastState } from './last-run.ts';
import { startPriority } from './priority.ts';
import { callTemporal, DEADLINE_MS } from './temporal-calls.ts';

/** `stale`: a newer version is known. `past`: over before it was ever heard of. */
type PutOutcome = 'accepted' | 'stale' | 'past';

export interface Put extends Address {
  readonly reservation: Reservation;
  readonly scope: Scope;
}

export interface PutAnswer {
  readonly key: string;
  readonly workflowId: string;
  readonly outcome: PutOutcome;
}

/** A run may end, or another writer start one, between two calls: then what was found is looked at anew. */
const ATTEMPTS = 4;

/** @throws BadRequest, UnknownReservation (another property's, out of scope), TemporalUnavailable */
export async function put({ context, source, reservationId, reservation, scope }: Put & { readonly context: Context }): Promise<PutAnswer> {
  const { configuration, deployment } = context;
  const property = propertyOf({ configuration, stay: reservation });
  if (property === null) throw new BadRequest([{ path: 'propertyId', message: 'is no property of this deployment' }]);
  const key = keyOf({ deployment, address: { source, reservationId } });
  const writing: Writing = { context, key, fact: { reservation, property }, scope, deadline: Date.now() + DEADLINE_MS.write };
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const outcome = await write(writing);
    if (outcome !== null) return { key: reservationKeyText(key), workflowId: key.workflowId, outcome };
  }
  throw new TemporalUnavailable('the reservation changes faster than it can be written');
}

interface Writing {
  readonly context: Context;
  readonly key: ReservationKey;
  readonly fact: ReservationFact;
  readonly scope: Scope;
  readonly deadline: number;
}

/** null: what was found had changed when it was acted upon. */
async function write(writing: Writing): Promise<PutOutcome | null> {
  const { context, key, fact, scope, deadline } = writing;
  const run = await lastRun({ context, workflowId: key.workflowId, deadline });
  if (run === null) return isPast(fact) ? 'past' : start({ ...writing, carried: null, known: false });
  if (run.propertyId !== null && !within(scope.properties, run.propertyId)) throw new UnknownReservation(reservationKeyText(key));
  if (run.running) return toRunning({ ...writing, version: run.version });
  const carried = await lastState({ context, workflowId: key.workflowId, deadline });
  if (carried !== null && olderThan({ version: carried.reservation.version, fact })) return 'stale';
  if (carried !== null && isDeepStrictEqual(carried.reservation, fact.reservation)) return 'accepted';
  return start({ ...writing, carried, known: true });
}

/** A version that cannot be compared is refused, and told to the stay as well: what the booking system does wrong shows as its reason. */
async function toRunning(writing: Writing & { readonly version: Version | null }): Promise<PutOutcome | null> {
  const { version, fact } = writing;
  if (version !== null && compareVersions(fact.reservation.version, version) === null) await signal(writing);
  return olderThan({ version, fact }) ? 'stale' : signal(writing);
}

/** @throws BadRequest where the two versions cannot be compared: a reservation stays with integers or with times. */
function olderThan({ version, fact }: { version: Version | null; fact: ReservationFact }): boolean {
  if (version === null) return false;
  const order = compareVersions(fact.reservation.version, version);
  if (order !== null) return order < 0;
  throw new BadRequest([
    { path: 'version', message: `must be ${typeof version === 'number' ? 'an integer' : 'a time'}, as before for this reservation` },
  ]);
}

/** A stay that nobody told us of while it lasted: nothing can be done for it, and a late replay of old bookings starts nothing. */
function isPast({ reservation, property }: ReservationFact): boolean {
  const now = Date.now();
  const untouched = { operator: NO_ORDERS, rebooking: NO_REBOOKING, accesses: [] };
  const stay = { reservation, property, statusSince: now, checkedInAt: null, unmetSince: null, ...untouched };
  return stayWindow(stay).endsAt <= now;
}

async function signal({ context: { client }, key, fact, deadline }: Writing): Promise<PutOutcome | null> {
  try {
    await callTemporal({ client, deadline, call: () => client.workflow.getHandle(key.workflowId).signal(reservationSignal, fact) });
    return 'accepted';
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return null;
    throw error;
  }
}

async function start({
  context,
  key,
  fact,
  deadline,
  carried,
  known,
}: Writing & { carried: ReservationState | null; known: boolean }): Promise<PutOutcome | null> {
  const { client, taskQueue } = context;
  const now = Date.now();
  const argument: StartArguments = { reservation: key, carried };
  const call = () =>
    client.workflow.signalWithStart(WORKFLOW_TYPE, {
      workflowId: key.workflowId,
      taskQueue,
      args: [argument],
      signal: reservationSignal,
      signalArgs: [fact],
      typedSearchAttributes: initialSearchAttributes({ key, fact, now }),
      priority: startPriority({ fact, now }),
      // A run that started and ended since it was looked for must not be forgotten by a start without its state.
      workflowIdReusePolicy: known ? 'ALLOW_DUPLICATE' : 'REJECT_DUPLICATE',
    });
  try {
    await callTemporal({ client, deadline, call });
    return 'accepted';
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return null;
    throw error;
  }
}
