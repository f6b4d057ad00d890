/** Run by a Schedule: brings what the configuration says now to the stays that do not know it yet. All of it is one activity's doing. */
import { upkeep } from './activity-proxies.ts';

export async function followConfiguration(): Promise<void> {
  await upkeep.tellStaysOfConfiguration();
}
