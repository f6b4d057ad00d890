/**
 * What the desk is to do for a card, also for the second time. Seam says by `is_…_required` what a card needs, and by `is_ready_for_…` that
 * it can be done now; before that it refuses to (OpenAPI 1.1038.0, access_method).
 */
import type { Method, MethodState } from '../../../workflows/domain/access.ts';
import type { SeamMethod } from './schemas.ts';

/** What a card needs stands for what can be done where Seam does not say. */
const isToEncode = ({ is_ready_for_encoding, is_encoding_required }: SeamMethod): boolean =>
  is_ready_for_encoding ?? is_encoding_required ?? false;
const isToAssign = ({ is_ready_for_assignment, is_assignment_required }: SeamMethod): boolean =>
  is_ready_for_assignment ?? is_assignment_required ?? false;

/** null: nothing waits for the desk. Where it has the choice, what the card needs. */
export function waitsForDesk(method: SeamMethod): MethodState | null {
  if (method.is_issued) return null;
  const needsAnotherCard = method.is_assignment_required === true && method.is_encoding_required !== true;
  if (isToEncode(method) && !(isToAssign(method) && needsAnotherCard)) return 'encoding_required';
  return isToAssign(method) ? 'assignment_required' : null;
}

export function cardNotes(method: SeamMethod): Pick<Method, 'eitherWay' | 'isInPreparation'> {
  if (method.is_issued) return {};
  if (isToEncode(method) && isToAssign(method)) return { eitherWay: true };
  const isNeeded = method.is_encoding_required === true || method.is_assignment_required === true;
  return isNeeded && waitsForDesk(method) === null ? { isInPreparation: true } : {};
}
