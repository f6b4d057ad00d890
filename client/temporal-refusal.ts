/** Which answers of Temporal's no waiting changes. */
import { isGrpcServiceError } from '@temporalio/client';

/** gRPC: the account may not, the server does not offer it, nobody knows the account. */
const REFUSALS: readonly number[] = [7, 12, 16];

/** Also where the SDK has wrapped the answer. */
export function isRefusal(error: unknown): boolean {
  const answer = error instanceof Error && isGrpcServiceError(error.cause) ? error.cause : error;
  return isGrpcServiceError(answer) && REFUSALS.includes(Number(answer.code));
}
