/** The activities by name: public, for the names stand in histories. Built once per worker, over ports. */
import { type AccessDeps, createAccessActivities } from './access.ts';
import { type CatchUpDeps, createCatchUp } from './catch-up.ts';
import { type ConfigurationDeps, createConfigurationActivities } from './configuration.ts';
import { createErasureActivities, type ErasureDeps } from './erasure.ts';
import { createErrandActivities, type ErrandDeps } from './errands.ts';
import { createSendMessage, type MessageDeps } from './send-message.ts';
import { createSweep, type SweepDeps } from './sweep.ts';

export type ActivityDeps = AccessDeps & ErrandDeps & MessageDeps & CatchUpDeps & SweepDeps & ErasureDeps & ConfigurationDeps;

export const createActivities = (deps: ActivityDeps) => ({
  ...createAccessActivities(deps),
  ...createErrandActivities(deps),
  ...createCatchUp(deps),
  ...createSweep(deps),
  ...createErasureActivities(deps),
  ...createConfigurationActivities(deps),
  sendMessage: createSendMessage(deps),
});

export type Activities = ReturnType<typeof createActivities>;
