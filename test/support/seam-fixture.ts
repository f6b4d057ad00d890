/** A simulated Seam workspace with the real adapter in front of it, and the request that most tests make. */
import type { SeamHttp } from '@seamapi/http';
import { createSeamAdapter } from '../../activities/adapters/seam/adapter.ts';
import { createCodeChoice } from '../../activities/code-choice.ts';
import { createFingerprints } from '../../activities/fingerprint.ts';
import type { AccessPort, GrantRequest } from '../../activities/ports.ts';
import { EXAMPLE_ESTATE, HARBOUR_HOUSE } from '../../simulator/example-estate.ts';
import type { Estate } from '../../simulator/seam/estate.ts';
import type { Settings } from '../../simulator/seam/settings.ts';
import type { SeamSimulator } from '../../simulator/seam/simulator.ts';
import { openSeamWorkspace } from './seam-workspace.ts';

const HOUR = 3_600_000;

const KEYS = [{ id: 'k1', key: Buffer.alloc(32, 7) }];
export const fingerprints = createFingerprints(KEYS);
export const codes = createCodeChoice(KEYS);

/** Never aborted. */
export const calm = new AbortController().signal;

export const adapterFor = (endpoint: string, apiKey = 'seam_test_fixture'): AccessPort =>
  createSeamAdapter({ apiKey, endpoint, fingerprints, codes });

export interface SeamFixture {
  readonly seam: SeamSimulator;
  readonly access: AccessPort;
  /** For a look at the workspace past the adapter. */
  readonly api: SeamHttp;
}

export async function startSeam(settings: Partial<Settings> = {}, estate: Estate = EXAMPLE_ESTATE): Promise<SeamFixture> {
  const { simulator, seam, apiKey } = await openSeamWorkspace({ estate, settings: { issuanceDelayMs: 0, ...settings } });
  return { seam: simulator, access: adapterFor(simulator.url, apiKey), api: seam };
}

/** Room 101 by code for the next hour, under a key of its own. */
export function grantRequest(change: Partial<GrantRequest> & Pick<GrantRequest, 'grantKey'>): GrantRequest {
  const startsAt = Math.floor(Date.now() / HOUR) * HOUR;
  return {
    userIdentityKey: `${change.grantKey}-guest`,
    fullName: 'Ada Lovelace',
    doors: { entrances: [HARBOUR_HOUSE.roomDoorIds['101']], devices: [], spaces: [], spaceKeys: [] },
    modes: ['code'],
    window: { startsAt, endsAt: startsAt + 24 * HOUR },
    instantKeyMaxUses: 2,
    ...change,
  };
}
