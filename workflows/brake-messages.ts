/** Updates and the query of a property's brake, and what travels in them: shared with everything that talks to it. */
import { defineQuery, defineUpdate } from '@temporalio/workflow';
import type { BrakeQuestion, BrakeState, Stopped } from './domain/brake.ts';
import type { StaffContact } from './domain/notice.ts';
import type { Instant } from './domain/reservation.ts';

export const BRAKE_TYPE = 'brake';

export interface BrakeArguments {
  readonly propertyId: string;
  /** The state in which an earlier run ended; null for the first run. */
  readonly carried: {
    readonly state: BrakeState;
    readonly alert: StaffContact | null;
    /** The stop that staff has heard of. */
    readonly alertedOf: Instant | null;
  } | null;
}

export interface AskBrake extends BrakeQuestion {
  /** null: the property is configured no longer, or has no staff. */
  readonly alert: StaffContact | null;
}

export interface ApproveBrake {
  /** As `BrakeView.id` said when the operator looked. */
  readonly stopId: string;
  /** Who approved and why: it stands in the brake's history. */
  readonly by: string;
  readonly reason: string | null;
}

export interface BrakeView {
  /** Of what is stopped now: another id once it is something else. */
  readonly id: string;
  readonly propertyId: string;
  readonly stoppedAt: Instant | null;
  readonly live: number;
  readonly stopped: readonly Stopped[];
}

export const askBrakeUpdate = defineUpdate<readonly string[], [AskBrake]>('ask');
export const approveBrakeUpdate = defineUpdate<number, [ApproveBrake]>('approve');
export const brakeQuery = defineQuery<BrakeView>('brake');
