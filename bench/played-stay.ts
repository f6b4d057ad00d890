/** Plays one stay from booking to told, as guests and services would; its end comes by itself. */
import { setTimeout as sleep } from 'node:timers/promises';
import { endingIn } from './standard-stay.ts';
import type { RunningSubject } from './workers.ts';

/** Milliseconds from a grant to its code, and from an SMS to its receipts: short, but not so short that steps fall into one. */
const ISSUANCE = 50;
const RECEIPT = 20;

export interface PlayedStay {
  readonly workflowId: string;
  /** Milliseconds from the call that books to the grant that is made. */
  readonly bookingToGrant: number;
  /** Milliseconds from the call that says issued to both messages handed over. */
  readonly issuedToHandedOver: number;
  /** Milliseconds from booking to both messages handed over. */
  readonly bookingToHandedOver: number;
  /** Settles when the stay has ended. */
  readonly end: Promise<void>;
}

interface Play {
  readonly subject: RunningSubject;
  readonly id: string;
  /** Milliseconds from booking to the end of access. */
  readonly length: number;
}

/** @throws Error when the stay ended before its guest was told: the machine is too slow for its length */
export async function play({ subject, id, length }: Play): Promise<PlayedStay> {
  const { milestones } = subject;
  const workflowId = subject.workflowIdOf(id);
  const granted = milestones.next({ workflowId, milestone: 'granted' });
  const told = Promise.all([milestones.next({ workflowId, milestone: 'mail' }), milestones.next({ workflowId, milestone: 'sms' })]);
  const bookedAt = performance.now();
  const end = subject.ended(await subject.book({ id, times: endingIn(length) }));
  // Whoever plays many stays waits for their ends later: a failure until then is theirs to hear.
  end.catch(() => {});
  await Promise.race([granted, end]);
  await sleep(ISSUANCE);
  const issuedAt = performance.now();
  await subject.issue(workflowId);
  await Promise.race([told, end]);
  const toldAt = Math.max(...(await told));
  const confirmed = sleep(RECEIPT).then(() => subject.confirm(workflowId));
  return {
    workflowId,
    bookingToGrant: (await granted) - bookedAt,
    issuedToHandedOver: toldAt - issuedAt,
    bookingToHandedOver: toldAt - bookedAt,
    end: Promise.all([confirmed, end]).then(() => {}),
  };
}
