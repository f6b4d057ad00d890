/** An `ErrandPort` that remembers what it was asked, and answers as a test says. */
import type { ErrandPort } from '../../activities/ports.ts';
import type { Attempt, Deed } from '../../workflows/domain/errand.ts';

export class ErrandsInMemory implements ErrandPort {
  readonly deeds: Deed[] = [];
  /** What comes of the next deeds, in order; then each is taken. */
  readonly answers: (() => Promise<Attempt>)[] = [];
  /** What each look at an attempt shows. */
  follows: Omit<Attempt, 'actionAttemptId'> = { state: 'confirmed', code: null };

  async send({ deed }: Parameters<ErrandPort['send']>[0]): Promise<Attempt> {
    this.deeds.push(deed);
    const answer = this.answers.shift();
    return answer === undefined ? { actionAttemptId: `attempt-${this.deeds.length}`, state: 'sent', code: null } : answer();
  }

  async follow(actionAttemptId: string): Promise<Attempt> {
    return { actionAttemptId, ...this.follows };
  }
}
