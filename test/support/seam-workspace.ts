/** The Seam simulator with the published client on it; every answer is held against Seam's OpenAPI on the way. */
import assert from 'node:assert/strict';
import { SeamHttp } from '@seamapi/http';
import { EXAMPLE_ESTATE, HARBOUR_HOUSE } from '../../simulator/example-estate.ts';
import { createSeamSimulator, type SeamSimulator, type SeamSimulatorOptions } from '../../simulator/seam/simulator.ts';
import { wrongWithAnswer } from '../contract/seam-contract.ts';

export const ROOM_101 = HARBOUR_HOUSE.roomDoorIds['101'];
const API_KEY = 'seam_test_simulator';
export const WEBHOOK_SECRET = `whsec_${Buffer.from('twenty-four bytes or so').toString('base64')}`;

export interface SeamWorkspace extends AsyncDisposable {
  readonly simulator: SeamSimulator;
  readonly seam: SeamHttp;
  readonly apiKey: string;
  /** The paths that were answered with 200. */
  readonly answered: ReadonlySet<string>;
}

export async function openSeamWorkspace(options: Partial<SeamSimulatorOptions> = {}): Promise<SeamWorkspace> {
  const simulator = await createSeamSimulator({
    apiKey: API_KEY,
    webhookSecret: WEBHOOK_SECRET,
    estate: EXAMPLE_ESTATE,
    ...options,
    settings: { issuanceDelayMs: 5, ...options.settings },
  });
  const seam = new SeamHttp({ apiKey: API_KEY, endpoint: simulator.url, waitForActionAttempt: false, axiosRetryOptions: { retries: 0 } });
  const answered = new Set<string>();
  seam.client.interceptors.response.use((response) => {
    const path = response.config.url ?? '';
    answered.add(path);
    assert.deepEqual(wrongWithAnswer(path, response.data), [], `${path} ${JSON.stringify(response.data)}`);
    return response;
  });
  return { simulator, seam, apiKey: API_KEY, answered, [Symbol.asyncDispose]: () => simulator.stop() };
}

const HOUR = 3_600_000;
/** An instant so many hours from now, as Seam takes it. */
export const inHours = (hours: number): string => new Date(Date.now() + hours * HOUR).toISOString();

/** A grant of room 101 for a new person. */
export async function grantRoom(seam: SeamHttp, request: Partial<Parameters<SeamHttp['accessGrants']['create']>[0]> = {}) {
  const { user_identity_id } = await seam.userIdentities.create({ full_name: 'Ada Lovelace' });
  return seam.accessGrants.create({
    user_identity_id,
    acs_entrance_ids: [ROOM_101],
    requested_access_methods: [{ mode: 'code' }],
    ...request,
  });
}

/** The types of a grant's events, in order. */
export const typesOf = async (seam: SeamHttp, access_grant_id: string): Promise<string[]> =>
  (await seam.events.list({ since: inHours(-1), access_grant_ids: [access_grant_id] })).map((event) => event.event_type);
