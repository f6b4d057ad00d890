/** What is measured: this engine, or the bare workflow beside it. Both are played by the same hands. */
import type { WorkflowHandle } from '@temporalio/client';
import type { Milestone } from './milestones.ts';
import type { Times } from './standard-stay.ts';

export type SubjectName = 'bare' | 'latchkey';

export interface Subject {
  readonly name: SubjectName;
  readonly taskQueue: string;
  /** What a stay that has been issued long before its arrival reaches last. */
  readonly atRest: Milestone;
  workflowIdOf(id: string): string;
  book(stay: { readonly id: string; readonly times: Times }): Promise<WorkflowHandle>;
  /** The code is issued, and the workflow is told. */
  issue(workflowId: string): Promise<void>;
  /** What comes after the messages went out. */
  confirm(workflowId: string): Promise<void>;
  /** Waits for the end of a stay. @throws StayCutShort, Error where proof of absence is missing */
  ended(handle: WorkflowHandle): Promise<void>;
}

/** A stay that was over before its guest was told is another stay than the one that is measured. */
export class StayCutShort extends Error {
  override readonly name = 'StayCutShort';

  constructor(workflowId: string) {
    super(`${workflowId} ended before its guest was told: this machine is too slow, or too busy, for the length of the stay.`);
  }
}
