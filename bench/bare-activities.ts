/** Five activities that do nothing but let themselves be counted. */
import { type Milestones, workflowId } from './milestones.ts';

export const createBareActivities = (milestones: Milestones) => ({
  makeIdentity: async (): Promise<void> => {},
  makeGrant: async (): Promise<void> => milestones.reach({ workflowId: workflowId(), milestone: 'granted' }),
  sendMail: async (): Promise<void> => milestones.reach({ workflowId: workflowId(), milestone: 'mail' }),
  sendSms: async (): Promise<void> => milestones.reach({ workflowId: workflowId(), milestone: 'sms' }),
  revoke: async (): Promise<void> => {},
});

export type BareActivities = ReturnType<typeof createBareActivities>;
