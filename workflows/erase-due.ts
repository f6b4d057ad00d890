/** What the Schedule runs: starts the erasure of every stay whose time has come (rule 20). */
import { upkeep } from './activity-proxies.ts';

export const eraseDue = (): Promise<{ readonly started: number }> => upkeep.startDueErasures();
