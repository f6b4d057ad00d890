/** The steps of an erasure. Each may be repeated without harm, and ends only when a read has shown that it took. */
import { type Remains, remainsOf } from '../workflows/domain/erasure.ts';
import type { AuditEntry, AuditPort, DueErasuresPort, HistoryPort, IdentityPort, SentSmsPort } from './erasure-ports.ts';
import { failure } from './failures.ts';
import { whileBeating } from './heartbeat.ts';
import { stayHash } from './stay-hash.ts';

export interface ErasureDeps {
  readonly histories: HistoryPort;
  readonly identities: IdentityPort;
  readonly sentSms: SentSmsPort;
  readonly audit: AuditPort;
  readonly dueErasures: DueErasuresPort;
}

interface Named {
  readonly workflowId: string;
}

/** The stay has come back to life meanwhile, its guests hold keys again: nothing was touched. */
interface Alive {
  readonly isAlive: boolean;
}

export type RemainsResult =
  | { readonly kind: 'running' | 'gone' }
  | { readonly kind: 'closed'; readonly stay: string; readonly remains: Remains };

export const createErasureActivities = ({ histories, identities, sentSms, audit, dueErasures }: ErasureDeps) => ({
  readRemains: ({ workflowId }: Named): Promise<RemainsResult> =>
    whileBeating(async () => {
      const last = await histories.last(workflowId);
      return last.kind === 'closed' ? { kind: 'closed', stay: stayHash(last.view.key), remains: remainsOf(last.view) } : last;
    }),

  forgetIdentities: ({ workflowId, userIdentityKeys }: Named & { readonly userIdentityKeys: readonly string[] }): Promise<Alive> =>
    whileBeating(async (signal) => {
      if (await histories.isRunning(workflowId)) return { isAlive: true };
      for (const key of userIdentityKeys) {
        const { gone } = await identities.forget(key, signal);
        if (!gone) throw failure({ type: 'NotErased', code: 'user_identity' });
      }
      return { isAlive: false };
    }),

  /** Answers how many the service keeps. */
  removeSentSms: ({ smsIds }: { readonly smsIds: readonly string[] }): Promise<{ readonly left: number }> =>
    whileBeating(async (signal) => {
      let left = 0;
      for (const id of smsIds) if (!(await sentSms.remove(id, signal))) left += 1;
      return { left };
    }),

  removeHistory: ({ workflowId }: Named): Promise<Alive> =>
    whileBeating(async (signal) => {
      if (await histories.isRunning(workflowId)) return { isAlive: true };
      const { gone } = await histories.remove(workflowId, signal);
      if (!gone) throw failure({ type: 'NotErased', code: 'history' });
      return { isAlive: false };
    }),

  auditErasure: async (entry: AuditEntry): Promise<void> => audit.record(entry),

  startDueErasures: (): Promise<{ readonly started: number }> => whileBeating((signal) => dueErasures.start(signal)),
});
