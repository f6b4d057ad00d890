/** Catch-up and sweep on a real Temporal server, over the Seam simulator. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Client } from '@temporalio/client';
import { z } from 'zod';
import { approveBrake, brakes } from '../../client/brake-calls.ts';
import { unownedAtLastSweep } from '../../client/last-sweep.ts';
import { ensureSchedules, SchedulesMissing } from '../../client/schedules.ts';
import { grantRoom } from '../support/seam-workspace.ts';
import { until } from '../support/until.ts';
import { openWebhooklessHouse, type WebhooklessHouse } from '../support/webhookless-house.ts';

let house: WebhooklessHouse;
let close: (() => Promise<void>) | undefined;
before(async () => {
  ({ house, close } = await openWebhooklessHouse());
});
after(() => close?.());

test('with all webhooks lost the guest is told by the catch-up, which costs a ready stay nothing more', async () => {
  await house.book('R-1');
  const id = await until('the grant', async () => (await house.liveGrants('R-1'))[0]);
  house.workspace.simulator.knobs.set({ holdIssuance: false });
  await until('issued', async () => (await house.workspace.seam.accessMethods.list({ access_grant_id: id }))[0]?.is_issued);
  await house.fire('catch-up');
  await house.becomes('R-1', 'ready');
  assert.equal(house.sent.filter((message) => message.notice.kind === 'access_ready').length, 1);
  const heard = await house.seamSignals('R-1');
  assert.ok(heard >= 1);
  await house.fire('catch-up');
  assert.equal(await house.seamSignals('R-1'), heard);
});

test('each run of the catch-up goes on where the last good one ended, also over one that failed', async () => {
  const ended = [await house.fire('catch-up'), await house.fire('catch-up')];
  assert.deepEqual({ until: house.since.at(-1) }, ended[0]);
  house.failsNext = true;
  await assert.rejects(house.fire('catch-up'));
  await house.fire('catch-up');
  assert.deepEqual({ until: house.since.at(-1) }, ended[1]);
});

test('a grant and a method that somebody deleted in Seam are made anew, found by the catch-up', async () => {
  const { seam } = house.workspace;
  const [first] = await house.liveGrants('R-1');
  assert.ok(first);
  await seam.accessGrants.delete({ access_grant_id: first });
  await house.fire('catch-up');
  const second = await until('a new grant', async () => (await house.liveGrants('R-1')).find((id) => id !== first));
  await house.becomes('R-1', 'ready');
  const [method] = await seam.accessMethods.list({ access_grant_id: second });
  await seam.accessMethods.delete({ access_method_id: method?.access_method_id ?? '' });
  await house.fire('catch-up');
  await until('a grant with a method', async () => (await house.liveGrants('R-1')).find((id) => id !== first && id !== second));
  await house.becomes('R-1', 'ready');
});

test('a grant that vanished without any event is found by the sweep, and the stay makes another', async () => {
  const before = await house.liveGrants('R-1');
  for (const access_grant_id of before) await house.workspace.seam.accessGrants.delete({ access_grant_id });
  const swept = await until('the sweep to find it', async () => {
    const found = z.object({ hinted: z.number(), revoked: z.number() }).parse(await house.fire('sweep'));
    return found.hinted > 0 && found;
  });
  assert.equal(swept.revoked, 0);
  await until('a new grant', async () => (await house.liveGrants('R-1')).some((id) => !before.includes(id)));
});

/** A grant in Seam under a key that no workflow made. */
const grantUnder = (access_grant_key: string) => grantRoom(house.workspace.seam, { access_grant_key });

test('the sweep takes back what a closed stay left, and nothing whose stay runs, was broken off or is not to be found', async () => {
  await house.book('R-2', { status: 'cancelled' });
  await house.book('R-3', { rooms: [] });
  await until('R-2 ended', async () => (await house.handle('R-2').describe()).status.name === 'COMPLETED');
  await house.handle('R-3').terminate();
  const orphan = await grantUnder('house-1:pms:R-2#abc.9');
  const keys = ['house-1:pms:R-1#abc.9', 'house-1:pms:R-3#abc.1', 'house-1:pms:R-404#abc.1', 'house-2:pms:R-2#abc.1'];
  const others = await Promise.all(keys.map(grantUnder));
  const left = async (): Promise<string[]> => (await house.workspace.seam.accessGrants.list()).map((grant) => grant.access_grant_id);
  await until('the orphan to be gone', async () => {
    await house.fire('sweep');
    return !(await left()).includes(orphan.access_grant_id);
  });
  const still = await left();
  for (const { access_grant_id } of others) assert.ok(still.includes(access_grant_id));
});

test('staff hears of each grant whose stay is not to be found, once, however often and by whichever worker it is swept', async () => {
  const { seam } = house.workspace;
  const keyed = async (key: string): Promise<string | undefined> =>
    (await seam.accessGrants.list()).find((one) => one.access_grant_key === key)?.access_grant_id;
  const told = (): string[] =>
    house.sent.flatMap(({ guestId, recipient, notice }) =>
      guestId === '' && notice.kind === 'staff_alert' ? notice.causes.map(({ code, text }) => `${recipient.address} ${code} ${text}`) : [],
    );
  const brokenOff = await keyed('house-1:pms:R-3#abc.1');
  const [unknown, later] = [await keyed('house-1:pms:R-404#abc.1'), (await grantUnder('house-1:pms:R-405#abc.1')).access_grant_id];
  assert.ok(brokenOff && unknown);
  const grants = [unknown, brokenOff].map((accessGrantId) => ({ grantKey: 'house-1:pms:R-404#abc.1', accessGrantId, propertyId: null }));
  await house.unowned().report(grants, AbortSignal.timeout(10_000));
  await house.fire('sweep');
  await until('the last one is told', () => told().some((line) => line.includes(later)));
  assert.deepEqual(
    [brokenOff, unknown, later].map((id) => told().filter((line) => line.includes(id)).length),
    [1, 1, 1],
  );
  assert.match(told()[0] ?? '', /^desk@house.example grant_without_stay Seam holds a grant of pms:R-/);
  await until('the metrics to know', async () => (await unownedAtLastSweep(house.context)) === 3);
});

test('more than three at once are stopped by the brake until an operator lets them go', async () => {
  const { context } = house;
  const orphans = await Promise.all([1, 2, 3, 4].map((n) => grantUnder(`house-1:pms:R-2#mass.${n}`)));
  const stopped = await until('the brake to hold', async () => {
    await house.fire('sweep');
    return (await brakes(context))[0];
  });
  assert.deepEqual([stopped.propertyId, stopped.stopped.length], ['house', 4]);
  assert.equal(await approveBrake({ context, propertyId: 'house', stopId: stopped.id, by: 'desk', reason: null }), 4);
  const swept = z.object({ revoked: z.number(), left: z.number() }).parse(await house.fire('sweep'));
  assert.deepEqual(swept, { revoked: orphans.length, left: 0 });
});

test('a schedule that was changed is put right at the next start, and one that was paused stays so', async () => {
  await house.schedule('catch-up').update((present) => ({ ...present, spec: { intervals: [{ every: '1 day' }] } }));
  await ensureSchedules(house.context);
  const { spec, state } = await house.schedule('catch-up').describe();
  assert.deepEqual([spec.intervals?.map(({ every }) => every), state.paused], [[15_000], true]);
});

test('an account that may not make schedules is told the commands', async () => {
  const { client } = house.context;
  const refused = Object.assign(new Error('7 PERMISSION_DENIED'), { code: 7, details: '', metadata: {} });
  const denied = new Client({ connection: client.connection, namespace: 'stays' });
  denied.schedule.getHandle = () => ({ ...house.schedule('catch-up'), describe: () => Promise.reject(refused) });
  await assert.rejects(ensureSchedules({ ...house.context, client: denied }), (error) => {
    assert.ok(error instanceof SchedulesMissing);
    assert.match(
      error.message,
      /temporal schedule create --namespace stays --schedule-id house-1\/catch-up --interval 15s .*--type catchUp/,
    );
    return true;
  });
});
