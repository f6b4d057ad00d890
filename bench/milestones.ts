/** How far a stay has come, told by the ports and activities that run in this process to whoever plays the stay. */
import { Context } from '@temporalio/activity';

/** `granted`: access is made. `read`: Seam was asked. `mail`, `sms`: handed to the port. Bare: the ends of the second and fourth activity. */
export type Milestone = 'granted' | 'read' | 'mail' | 'sms';

interface Place {
  readonly workflowId: string;
  readonly milestone: Milestone;
}

const keyOf = ({ workflowId, milestone }: Place): string => `${milestone} ${workflowId}`;

/** Whose activity is running. */
export const workflowId = (): string => Context.current().info.workflowExecution?.workflowId ?? '';

export class Milestones {
  readonly #awaited = new Map<string, (at: number) => void>();

  /** When it is reached next, by `performance.now()`. Ask before it can happen. */
  next(place: Place): Promise<number> {
    const { promise, resolve } = Promise.withResolvers<number>();
    this.#awaited.set(keyOf(place), resolve);
    return promise;
  }

  reach(place: Place): void {
    const key = keyOf(place);
    this.#awaited.get(key)?.(performance.now());
    this.#awaited.delete(key);
  }
}
