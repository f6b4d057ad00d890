import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { ApplicationFailure } from '@temporalio/common';
import { createSmsAdapter } from '../../../activities/adapters/sms.ts';
import type { SmsMessage } from '../../../activities/ports.ts';
import { createPhone, type Phone } from '../../../simulator/phone.ts';

const ACCOUNT = { accountSid: `AC${'0'.repeat(32)}`, authToken: 'token' };
const TO = '+351912345678';
const never = new AbortController().signal;

async function aPhone(t: TestContext): Promise<Phone> {
  const phone = await createPhone(ACCOUNT);
  t.after(() => phone.stop());
  return phone;
}

const adapter = (phone: Phone, change: { readonly authToken?: string } = {}) =>
  createSmsAdapter({ ...ACCOUNT, ...change, sender: { from: '+15005550006' }, apiUrl: phone.url });

const anSms = (change: Partial<SmsMessage> = {}): SmsMessage => ({
  to: TO,
  body: 'Code: 482 913\nHelp: +351 911 000 000',
  statusCallback: null,
  lookUpSince: null,
  ...change,
});

interface Expected {
  readonly type: string;
  /** null: any. */
  readonly code: string | null;
  readonly retryAfter?: number;
}

const failsAs =
  ({ type, code, retryAfter }: Expected) =>
  (error: unknown) => {
    assert.ok(error instanceof ApplicationFailure, String(error));
    assert.equal(error.type, type);
    if (code !== null) assert.deepEqual(error.details, [{ type, code, retryAfter: retryAfter ?? null }]);
    assert.equal(error.nextRetryDelay ?? undefined, retryAfter);
    assert.doesNotMatch(`${error.message} ${error.stack} ${JSON.stringify(error.cause)}`, /351912345678|482|simulator/);
    return true;
  };

test('a message goes out as it is, with its sender, and answers with Twilio’s sid', async (t) => {
  const phone = await aPhone(t);
  const { sid } = await adapter(phone).send(anSms(), never);
  assert.deepEqual(
    phone.messages().map(({ to, text, messageId }) => ({ to, text, messageId })),
    [{ to: TO, text: anSms().body, messageId: sid }],
  );
});

test('after a lost answer the message is found again and not sent twice; one that never arrived is sent', async (t) => {
  const phone = await aPhone(t);
  const sms = adapter(phone);
  const since = Date.now();
  phone.knobs.fault({ kind: 'lose', to: TO, times: 1 });
  await assert.rejects(sms.send(anSms(), never), failsAs({ type: 'SmsUnanswered', code: null }));
  const { sid } = await sms.send(anSms({ lookUpSince: since }), never);
  assert.deepEqual(
    phone.messages().map(({ messageId }) => messageId),
    [sid],
  );
  phone.knobs.fault({ kind: 'cut', to: TO, times: 1 });
  const other = anSms({ body: 'Code: 7351' });
  await assert.rejects(sms.send(other, never), failsAs({ type: 'SmsUnanswered', code: null }));
  await sms.send({ ...other, lookUpSince: since }, never);
  assert.equal(phone.messages().length, 2);
});

test('the same words of an earlier day are not taken for the message of today, nor those to another number', async (t) => {
  const phone = await aPhone(t);
  const sms = adapter(phone);
  await sms.send(anSms(), never);
  await sms.send(anSms({ lookUpSince: Date.now() + 60_000 }), never);
  await sms.send(anSms({ to: '+351912345679', lookUpSince: Date.now() }), never);
  assert.equal(phone.messages().length, 3);
});

test('refusals are told apart: for good, for now with the pause that was asked for, and what is about us and not the guest', async (t) => {
  const phone = await aPhone(t);
  const cases: readonly (Expected & { readonly status: number; readonly seconds?: number })[] = [
    ...[21211, 21610, 21614, 21408, 21612, 30003].map((code) => ({ status: 400, type: 'SmsRefused', code: String(code) })),
    { status: 403, type: 'SmsRefused', code: '21408' },
    { status: 429, seconds: 7, type: 'SmsUnavailable', code: '20429', retryAfter: 7000 },
    { status: 429, type: 'SmsUnavailable', code: '63018' },
    { status: 500, type: 'SmsUnavailable', code: '20500' },
    { status: 503, seconds: 2, type: 'SmsUnavailable', code: '20503', retryAfter: 2000 },
    { status: 400, type: 'SmsUnavailable', code: '21611' },
    { status: 403, type: 'Unauthorized', code: '20003' },
    ...[21606, 21659, 21703].map((code) => ({ status: 400, type: 'Unauthorized', code: String(code) })),
  ];
  for (const { status, seconds, ...expected } of cases) {
    const pause = seconds === undefined ? {} : { retryAfter: seconds };
    phone.knobs.fault({ kind: 'refuse', to: TO, times: 1, status, code: Number(expected.code), ...pause });
    await assert.rejects(adapter(phone).send(anSms(), never), failsAs(expected));
  }
  await assert.rejects(adapter(phone, { authToken: 'wrong' }).send(anSms(), never), failsAs({ type: 'Unauthorized', code: '20003' }));
  assert.equal(phone.messages().length, 0, 'the SDK tried again by itself');
});

test('a service that is down is unavailable, and a cancelled send asks for nothing', async (t) => {
  const phone = await aPhone(t);
  const reason = new Error('cancelled');
  await assert.rejects(adapter(phone).send(anSms(), AbortSignal.abort(reason)), (error) => error === reason);
  assert.equal(phone.messages().length, 0);
  await phone.knobs.down();
  await assert.rejects(adapter(phone).send(anSms(), never), failsAs({ type: 'SmsUnavailable', code: 'ECONNREFUSED' }));
});
