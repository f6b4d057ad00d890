/** Every call to Temporal with a deadline, and its failures by what the asker can do about them. */
import {
  type Client,
  isGrpcCancelledError,
  isGrpcDeadlineError,
  isGrpcServiceError,
  NamespaceNotFoundError,
  ServiceError,
} from '@temporalio/client';
import { NoWorker, TemporalUnavailable } from '../refusals.ts';

/** Milliseconds. A write may be slow; an answer from a worker comes within 3 s or is said not to come. */
export const DEADLINE_MS = {
  write: 5_000,
  worker: 2_800,
  /** For what is done at a door or an encoder before it is answered: longer than its activity may take. */
  errand: 25_000,
  probe: 2_000,
} as const;

/** gRPC status codes: the server saw no poller of the task queue for a while. */
const FAILED_PRECONDITION = 9;

interface Call<T> {
  readonly client: Pick<Client, 'withDeadline'>;
  /** Milliseconds since the epoch. */
  readonly deadline: number;
  readonly call: () => Promise<T>;
}

/** @throws TemporalUnavailable where Temporal does not answer in time or refuses. What it says of a workflow passes unchanged. */
export async function callTemporal<T>({ client, deadline, call }: Call<T>): Promise<T> {
  try {
    return await client.withDeadline(deadline, call);
  } catch (error) {
    if (!isServerTrouble(error)) throw error;
    throw new TemporalUnavailable('Temporal does not take this now', { cause: error });
  }
}

/** As `callTemporal`, for what a worker must answer. @throws NoWorker where none did. */
export async function callWorker<T>({ client, deadline, call }: Call<T>): Promise<T> {
  try {
    return await callTemporal({ client, deadline, call });
  } catch (error) {
    if (!(error instanceof TemporalUnavailable) || !isSilence(error.cause)) throw error;
    throw new NoWorker('no worker answered in time', { cause: error.cause });
  }
}

const isServerTrouble = (error: unknown): boolean =>
  error instanceof ServiceError ||
  error instanceof NamespaceNotFoundError ||
  isGrpcServiceError(error) ||
  (error instanceof Error && error.name === 'WorkflowUpdateRPCTimeoutOrCancelledError');

/** Nothing cancels a call but its deadline: which of the two is reported depends on where it strikes. */
function isSilence(error: unknown): boolean {
  const grpc = error instanceof Error && !isGrpcServiceError(error) ? error.cause : error;
  if (isGrpcDeadlineError(grpc) || isGrpcCancelledError(grpc)) return true;
  return isGrpcServiceError(grpc) && Number(grpc.code) === FAILED_PRECONDITION;
}
