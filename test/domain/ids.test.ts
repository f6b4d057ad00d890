import assert from 'node:assert/strict';
import { test } from 'node:test';
import { grantKeyOf, userIdentityKeyOf, workflowIdOfGrantKey } from '../../workflows/domain/ids.ts';

const of = { workflowId: 'latchkey:pms:R1', roomId: 'Ada Lovelace', guestId: 'ada@guests.example' };

test('what Seam and Temporal call a grant and an identity leads to the stay, and repeats neither guest nor room as the PMS names them', () => {
  const names = [grantKeyOf({ ...of, generation: 1 }), userIdentityKeyOf(of)];
  for (const name of names) {
    assert.equal(workflowIdOfGrantKey({ grantKey: name, deployment: 'latchkey' }), of.workflowId);
    assert.doesNotMatch(name, /ada/i);
  }
  assert.equal(workflowIdOfGrantKey({ grantKey: names[0] ?? '', deployment: 'latch' }), null);
});

test('each guest, room and generation has a name of its own, the same each time', () => {
  const grants = [of, { ...of, roomId: 'x' }, { ...of, guestId: 'x' }, { ...of, workflowId: 'latchkey:pms:R2' }];
  const names = grants.flatMap((grant) => [grantKeyOf({ ...grant, generation: 1 }), grantKeyOf({ ...grant, generation: 2 })]);
  assert.equal(new Set(names).size, names.length);
  assert.equal(new Set([of, { ...of, guestId: 'x' }, { ...of, workflowId: 'latchkey:pms:R2' }].map(userIdentityKeyOf)).size, 3);
  assert.equal(grantKeyOf({ ...of, generation: 1 }), names[0]);
});
