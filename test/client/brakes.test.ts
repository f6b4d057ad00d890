import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Approval, Brake } from '../../client/brakes.ts';
import { Conflict } from '../../client/refusals.ts';
import { type Serving, serve } from './serving.ts';

const BRAKE: Brake = {
  id: 'b1',
  propertyId: 'harbour-house',
  stoppedAt: '2026-11-22T12:00:00.000Z',
  grants: 10,
  live: 12,
  stopped: [{ id: 'w r', what: 'mews-lisbon:R-1', grants: 10, cause: 'configuration' }],
};
const approvals: Approval[] = [];
let serving: Serving;
before(async () => {
  const approve = async (approval: Approval): Promise<number | null> => {
    approvals.push(approval);
    if (approval.id === 'changed') throw new Conflict('What the brake holds has changed since; look again.');
    return approval.id === BRAKE.id ? 1 : null;
  };
  serving = await serve({ overrides: { brakes: { list: async () => [BRAKE], approve } } });
});
after(() => serving.close());

const approve = (id: string, body?: string): Promise<Response> => {
  const content = body === undefined ? {} : { body, headers: { 'content-type': 'application/json' } };
  return serving.request(`/v1/brakes/${id}/approve`, { as: 'harbour', method: 'POST', ...content });
};

test('an operator sees what is stopped and lets it go, by name and with a reason, within the scope of the token', async () => {
  assert.deepEqual(await (await serving.request('/v1/brakes', { as: 'operator' })).json(), { brakes: [BRAKE] });
  assert.deepEqual(await (await approve('b1', '{ "reason": "the wing is closed" }')).json(), { outcome: 'approved', revocations: 1 });
  assert.equal((await approve('b1')).status, 200);
  const [first, second] = approvals.map(({ by, reason, scope }) => [by, reason, scope.properties]);
  assert.deepEqual(first, ['harbour', 'the wing is closed', ['harbour-house']]);
  assert.deepEqual(second, ['harbour', null, ['harbour-house']]);
});

test('what is not stopped is 404, and what has become something else since it was looked at is 409: nothing unseen goes', async () => {
  assert.equal((await approve('nothing')).status, 404);
  const conflict = await approve('changed');
  assert.equal(conflict.status, 409);
  assert.match(await conflict.text(), /look again/);
});
