/** Rule 9 where a revocation comes upon more than any reading had shown; the first over the real adapter and the simulator. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Failure } from '../../workflows/domain/failure-types.ts';
import { provisionOf } from '../../workflows/domain/property.ts';
import { activityInput } from '../../workflows/inputs.ts';
import { PlayedStay } from '../support/played-stay.ts';
import { calm, grantRequest, startSeam } from '../support/seam-fixture.ts';
import { aProperty, aReservation } from '../support/stays.ts';

const MINUTE = 60_000;
const away = { type: 'SeamUnavailable', code: null, retryAfter: null } as const;

test('a method that no reading ever showed keeps the stay open until it is gone, whatever fails between the tries', async (t) => {
  const { access, api, seam } = await startSeam();
  t.after(() => seam.stop());
  const now = Date.now();
  const times = { startsAt: now + 120 * MINUTE, endsAt: now + 240 * MINUTE };
  const stay = await PlayedStay.book({ reservation: aReservation(times), property: aProperty(), now, access });
  stay.failing.push({ kind: 'grant', failure: away });
  await stay.settle();
  // What the call had made whose answer was lost.
  const { methods } = await access.grant(grantRequest({ grantKey: stay.state.accesses[0]?.grantKey ?? '' }), calm);
  const isThere = () => Promise.all(methods.map(({ accessMethodId }) => api.accessMethods.get({ access_method_id: accessMethodId })));
  seam.knobs.set({ deletesDoNotTake: true });
  await stay.change(aReservation({ ...times, version: 2, status: 'cancelled' }));
  assert.equal(stay.view.readiness, 'closing');
  await stay.until(now + MINUTE);
  stay.failing.push({ kind: 'revoke', failure: away });
  await stay.until(now + 10 * MINUTE);
  assert.deepEqual([stay.view.readiness, stay.failing, (await isThere()).length], ['closing', [], 1]);
  seam.knobs.set({ deletesDoNotTake: false });
  await stay.until(now + 20 * MINUTE);
  assert.equal(stay.view.readiness, 'closed');
  await assert.rejects(isThere(), /not found/);
});

test('what a low-level provider came upon is asked about from then on, beside what its readings showed', async () => {
  const property = aProperty({ access: { provision: { ...provisionOf(aProperty().access), provider: 'access_codes' } } });
  const now = Date.now();
  const times = { startsAt: now + 120 * MINUTE, endsAt: now + 240 * MINUTE };
  const stay = await PlayedStay.book({ reservation: aReservation(times), property, now });
  await stay.settle();
  const found = (id: string): Failure => ({ ...away, type: 'StillThere', learnt: { accessGrantId: null, accessMethodIds: [id] } });
  for (const id of ['backup', 'backup', 'late']) stay.failing.push({ kind: 'revoke', failure: found(id) });
  await stay.change(aReservation({ ...times, version: 2, status: 'cancelled' }));
  await stay.until(now + MINUTE);
  const command = { kind: 'revoke', lane: '', key: '', grantKey: stay.state.accesses[0]?.grantKey ?? '', why: 'over' } as const;
  assert.deepEqual(activityInput.revoke({ command, state: stay.state }).lowLevel?.known, ['grant-1-method', 'backup', 'late']);
});
