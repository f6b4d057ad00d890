/** The activities by name: public, for the names stand in histories. Built once per worker, over ports. */
import { type AccessDeps, createAccessActivities } from './access.ts';
import { createSendMessage, type MessageDeps } from './send-message.ts';

export type ActivityDeps = AccessDeps & MessageDeps;

export const createActivities = (deps: ActivityDeps) => ({ ...createAccessActivities(deps), sendMessage: createSendMessage(deps) });

export type Activities = ReturnType<typeof createActivities>;
