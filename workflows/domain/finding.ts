/** Why a reservation is not ready, why a message waits, what a person must do: each cause once, with what it means for readiness. */
import type { Instant } from './reservation.ts';

export interface Finding {
  readonly code: string;
  /** What it is about (a room, a grant, a channel), so that two causes of one code stay two. */
  readonly subject: string;
  readonly text: string;
  readonly for: 'staff' | 'guest';
  /** Until when it must be mended, where that is known. */
  readonly deadline: Instant | null;
  /** `note`: does not change readiness. `risk`: the engine still tries. `block`: only a person or the PMS can mend it. */
  readonly effect: 'note' | 'risk' | 'block';
  /** From when the effect counts; before that it is a note. */
  readonly from: Instant;
  /** Staff is told from here on; null: never. */
  readonly alertAt: Instant | null;
}

export const causeOf = (finding: Finding): string => `${finding.code}/${finding.subject}`;

export const isInEffect = ({ finding, effect, now }: { finding: Finding; effect: Finding['effect']; now: Instant }): boolean =>
  finding.effect === effect && finding.from <= now;

/** A note for the view, which alerts nobody. */
export const note = (of: Pick<Finding, 'code' | 'subject' | 'text'> & Partial<Pick<Finding, 'for' | 'deadline'>>): Finding => ({
  for: 'staff',
  deadline: null,
  ...of,
  effect: 'note',
  from: 0,
  alertAt: null,
});
