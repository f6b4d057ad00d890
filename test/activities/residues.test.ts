/** What an earlier stay left behind comes along with the answers that are asked for anyway. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MockActivityEnvironment } from '@temporalio/testing';
import { createAccessActivities } from '../../activities/access.ts';
import type { GrantInput, SendInput } from '../../activities/inputs.ts';
import type { NeighbourPort } from '../../activities/ports.ts';
import { createPropertyLimit } from '../../activities/property-limit.ts';
import { createSendMessage } from '../../activities/send-message.ts';
import type { Neighbour } from '../../workflows/domain/occupancy.ts';
import { aNeighbour, aQuestion, aUnit } from '../support/neighbours.ts';
import { aRecipient, aSender } from '../support/notices.ts';
import { SeamInMemory } from '../support/seam-in-memory.ts';

const occupancy = aQuestion();
const { window } = aUnit();
const until = window.startsAt + 1;
const former = aNeighbour({ units: [], residual: [aUnit({ startsAt: until - 1, endsAt: until })] });
const request: GrantInput = {
  occupancy,
  grantKey: 'latchkey:pms:B#1.1',
  userIdentityKey: 'k',
  fullName: 'Ada',
  doors: { entrances: ['e1'], devices: [], spaces: [], spaceKeys: [] },
  modes: ['code'],
  window,
  instantKeyMaxUses: 1,
};
const message: SendInput = {
  workflowId: 'latchkey:pms:B',
  messageId: 'm1',
  guestId: 'g1',
  channel: 'email',
  recipient: aRecipient(),
  sender: aSender(),
  notice: { kind: 'access_pending', startsAt: window.startsAt, unitIds: ['101'] },
  proof: [],
  occupancy,
  smsCountries: [],
  limitedBy: null,
  lookUpSince: null,
};

test('a grant and a message carry who can still open the unit and until when, and not a word where nobody can', async () => {
  const answers = async (found: readonly Neighbour[]): Promise<readonly object[]> => {
    const neighbours: NeighbourPort = { find: async () => found };
    const access = new SeamInMemory();
    const sendMessage = createSendMessage({
      access,
      neighbours,
      mail: { send: async ({ messageId }) => ({ messageId }) },
      sms: { send: async () => ({ sid: 'SM1' }) },
      propertyLimit: createPropertyLimit({ now: Date.now }),
      mailDomain: 'house.example',
      statusCallback: () => null,
      passUrl: () => null,
    });
    const env = new MockActivityEnvironment();
    return [
      await env.run(() => createAccessActivities({ access, neighbours }).grantAccess(request)),
      await env.run(() => sendMessage(message)),
    ];
  };
  const residues = [{ key: 'pms:A', unitIds: ['101'], until }];
  for (const answer of await answers([former])) assert.deepEqual('residues' in answer && answer.residues, residues);
  for (const answer of await answers([])) assert.ok(!('residues' in answer));
});
