/** The steps of an erasure over the Seam simulator and the phone: what they leave, and when they say that they are done. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { createSeamIdentities } from '../../activities/adapters/seam/identity.ts';
import { createSmsAdapter } from '../../activities/adapters/sms.ts';
import { createSmsRemoval } from '../../activities/adapters/sms-removal.ts';
import { createErasureActivities, type ErasureDeps } from '../../activities/erasure.ts';
import { createAudit } from '../../config/audit-log.ts';
import { createLogger } from '../../config/log.ts';
import { createPhone, type Phone } from '../../simulator/phone.ts';
import { remainsOf } from '../../workflows/domain/erasure.ts';
import { PlayedStay } from '../support/played-stay.ts';
import { startScriptedServer } from '../support/scripted-server.ts';
import { calm, grantRequest, type SeamFixture, startSeam } from '../support/seam-fixture.ts';
import { aProperty, aReservation } from '../support/stays.ts';
import { until } from '../support/until.ts';

const ACCOUNT = { accountSid: `AC${'0'.repeat(32)}`, authToken: 'token' };
const workflowId = 'latchkey:test:R1';
const lines: string[] = [];
let fixture: SeamFixture;
let phone: Phone;
let isRunning = false;

before(async () => {
  fixture = await startSeam();
  phone = await createPhone(ACCOUNT);
});
after(async () => {
  await phone.stop();
  await fixture.seam.stop();
});

const unused = (): never => assert.fail('not part of this test');

function activities(change: Partial<ErasureDeps> = {}) {
  const log = createLogger({ role: 'worker', level: 'error', stream: { write: (line) => void lines.push(line) } });
  return createErasureActivities({
    histories: { last: unused, isRunning: async () => isRunning, remove: async () => ({ gone: false }) },
    identities: createSeamIdentities({ apiKey: 'seam_test_simulator', endpoint: fixture.seam.url }),
    sentSms: createSmsRemoval({ ...ACCOUNT, apiUrl: phone.url }),
    audit: createAudit(log),
    dueErasures: { start: unused },
    ...change,
  });
}

const run = <I, O>(activity: (input: I) => Promise<O>, input: I): Promise<O> =>
  new MockActivityEnvironment({}, { logger: new DefaultLogger('ERROR') }).run(activity, input);
const isKnown = (user_identity_key: string): Promise<boolean> =>
  fixture.api.userIdentities.get({ user_identity_key }).then(
    () => true,
    () => false,
  );

test('an identity is forgotten once a read no longer shows it, and whoever was never known is no obstacle', async () => {
  await fixture.access.grant(grantRequest({ grantKey: 'erased' }), calm);
  fixture.seam.knobs.set({ deleteDelayMs: 60 });
  const forget = () => run(activities().forgetIdentities, { workflowId, userIdentityKeys: ['nobody', 'erased-guest'] });
  await assert.rejects(forget(), { type: 'NotErased' });
  await until('the identity to be gone', () => forget().catch(() => false));
  fixture.seam.knobs.set({ deleteDelayMs: 0 });
  assert.equal(await isKnown('erased-guest'), false);
});

test('a stay that has come back to life keeps its identities and its history', async (t) => {
  await fixture.access.grant(grantRequest({ grantKey: 'alive' }), calm);
  isRunning = true;
  t.after(() => void (isRunning = false));
  assert.deepEqual(await run(activities().forgetIdentities, { workflowId, userIdentityKeys: ['alive-guest'] }), { isAlive: true });
  assert.deepEqual(
    await run(activities({ histories: { last: unused, isRunning: async () => true, remove: unused } }).removeHistory, { workflowId }),
    {
      isAlive: true,
    },
  );
  assert.equal(await isKnown('alive-guest'), true);
});

test('a history that can still be read is not erased', async () => {
  await assert.rejects(run(activities().removeHistory, { workflowId }), { type: 'NotErased' });
});

test('sent SMS are taken out of the service, once or twice; what it will not let go is counted', async () => {
  const sms = createSmsAdapter({ ...ACCOUNT, sender: { from: '+15005550006' }, apiUrl: phone.url });
  const { sid } = await sms.send({ to: '+351912345678', body: 'Code: 482 913', statusCallback: null, lookUpSince: null }, calm);
  const smsIds = [sid, `SM${'0'.repeat(32)}`];
  for (const _ of [1, 2]) assert.deepEqual(await run(activities().removeSentSms, { smsIds }), { left: 0 });
  assert.deepEqual(phone.messages(), []);

  const server = await startScriptedServer();
  const path = `/2010-04-01/Accounts/${ACCOUNT.accountSid}/Messages/${sid}.json`;
  const remove = (status: number, code: number) => {
    server.script({ [path]: [{ status, body: { code, message: 'no', status } }] });
    return run(activities({ sentSms: createSmsRemoval({ ...ACCOUNT, apiUrl: server.url }) }).removeSentSms, { smsIds: [sid] });
  };
  assert.deepEqual(await remove(403, 20008), { left: 1 });
  await assert.rejects(remove(409, 20009), { type: 'SmsUnavailable' });
  await assert.rejects(remove(503, 20503), { type: 'SmsUnavailable' });
  await assert.rejects(remove(401, 20003), { type: 'Unauthorized' });
  await server.stop();
});

test('the audit log gets one line at any level: times, doors and outcomes, and nobody’s name, address or number', async () => {
  const now = Date.UTC(2026, 10, 22, 12);
  const reservation = aReservation({ startsAt: now, endsAt: now + 86_400_000 });
  const stay = await PlayedStay.book({ reservation, property: aProperty(), now });
  await stay.until(now + 2 * 86_400_000);
  const { userIdentityKeys, smsIds, mails, skeleton } = remainsOf(stay.view);
  assert.deepEqual([userIdentityKeys.length, smsIds, mails], [1, ['provider-m2'], 1]);
  await run(activities().auditErasure, {
    stay: 'a'.repeat(32),
    by: 'desk',
    erasedAt: new Date(now).toISOString(),
    identities: 1,
    bodiesLeft: { mails: 1, sms: 0 },
    skeleton,
  });
  const [line = '', ...others] = lines.splice(0);
  assert.deepEqual(others, []);
  const entry: unknown = JSON.parse(line);
  assert.ok(typeof entry === 'object' && entry !== null && 'audit' in entry && 'skeleton' in entry && 'bodiesLeft' in entry);
  assert.equal(entry.audit, true);
  assert.deepEqual(entry.skeleton, JSON.parse(JSON.stringify(skeleton)), 'redaction hides none of it');
  assert.deepEqual(entry.bodiesLeft, { mails: 1, sms: 0 });
  assert.match(line, /"unitId":"101".*"doorId":"door-101".*"absenceVerifiedAt":"2026-11-23T12:00/);
  assert.doesNotMatch(line, /Ada|guests\.example|351|R1|g1/);
});
