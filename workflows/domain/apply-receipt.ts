/** What the SMS service reports later: delivered, or failed for good after it had been accepted (rule 15). */
import type { Receipt } from '../messages.ts';
import { refuse } from './apply-refusal.ts';
import { applySent, withMessage } from './apply-sent.ts';
import type { Instant } from './reservation.ts';
import type { ReservationState } from './state.ts';

export function applyReceipt({ state, receipt, now }: { state: ReservationState; receipt: Receipt; now: Instant }): ReservationState {
  const { messageId, sid, status, errorCode } = receipt;
  const message = state.messages.find((candidate) => candidate.id === messageId);
  if (message === undefined || message.state === 'failed' || message.state === 'delivered') return state;
  // A receipt is proof of acceptance, also where the answer to the send was lost and the message given up.
  const isOpen = message.state === 'sending' || message.state === 'skipped';
  const accepted = isOpen ? applySent({ state, outcome: { kind: 'sent', messageId, providerId: sid }, now }) : state;
  switch (status) {
    case 'sent':
      return accepted;
    case 'delivered':
      return withMessage({ state: accepted, messageId, change: (old) => ({ ...old, state: 'delivered' }) });
    case 'undelivered':
    case 'failed':
      return refuse({ state: accepted, messageId, reason: errorCode ?? status });
  }
}
