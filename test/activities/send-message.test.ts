/** From the intent of a message to its sending: what is read, asked and counted in between (rules 4, 12 and 16). */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ApplicationFailure } from '@temporalio/common';
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { failure } from '../../activities/failures.ts';
import type { SendInput, SendResult } from '../../activities/inputs.ts';
import type { MailMessage, NeighbourPort, SmsMessage } from '../../activities/ports.ts';
import { createPropertyLimit } from '../../activities/property-limit.ts';
import { createSendMessage } from '../../activities/send-message.ts';
import { roomFactOf } from '../../workflows/domain/issuance.ts';
import type { Notice, RoomFact } from '../../workflows/domain/notice.ts';
import { aNeighbour, aQuestion, aUnit } from '../support/neighbours.ts';
import { aRecipient, aSender, ready, WINDOW } from '../support/notices.ts';
import { grantRequest } from '../support/seam-fixture.ts';
import { SeamInMemory } from '../support/seam-in-memory.ts';

const grantKey = 'latchkey:pms:B#1.1';
const PHONE = '+351912345678';
const GRANT = { grantKey, fingerprintKeyId: null };
const OUTDATED: SendResult = { outcome: 'outdated' };
const noCode: Notice = { kind: 'access_pending', startsAt: WINDOW.startsAt, unitIds: ['101'] };

/** A guest with an issued code for one door, and what was sent to whom. */
class Post {
  readonly seam = new SeamInMemory();
  readonly mails: MailMessage[] = [];
  readonly sms: SmsMessage[] = [];
  neighbours: NeighbourPort = { find: async () => [] };
  isDown = false;
  readonly #limit = createPropertyLimit({ now: () => 0 });

  async granted(): Promise<RoomFact> {
    const reading = await this.seam.grant(grantRequest({ grantKey, window: WINDOW }));
    const room = roomFactOf({ access: { grantKey, roomId: '1', unitId: '101' }, reading, window: WINDOW });
    return room ?? assert.fail('nothing is issued');
  }

  send({ attempt = 1, ...change }: Partial<SendInput> & { attempt?: number }): Promise<SendResult> {
    const sendMessage = createSendMessage({
      access: this.seam,
      neighbours: this.neighbours,
      mail: { send: async (mail) => this.#take(this.mails, mail, { messageId: mail.messageId }) },
      sms: { send: async (sms) => this.#take(this.sms, sms, { sid: 'SM1' }) },
      propertyLimit: this.#limit,
      mailDomain: 'house.example',
      statusCallback: () => null,
      passUrl: () => null,
    });
    const channel = change.channel ?? 'email';
    const input: SendInput = {
      workflowId: 'latchkey:pms:B',
      messageId: 'm1',
      guestId: 'g1',
      channel,
      recipient: aRecipient(channel === 'sms' ? { address: PHONE } : {}),
      sender: aSender(),
      notice: noCode,
      proof: [GRANT],
      occupancy: null,
      smsCountries: [],
      limitedBy: null,
      lookUpSince: null,
      ...change,
    };
    const logger = new DefaultLogger('ERROR');
    return new MockActivityEnvironment({ attempt, scheduledTimestampMs: 7_000 }, { logger }).run(() => sendMessage(input));
  }

  async #take<M, A>(box: M[], message: M, answer: A): Promise<A> {
    if (this.isDown) throw failure({ type: 'MailUnavailable' });
    box.push(message);
    return answer;
  }
}

const failing = (type: string) => (error: unknown) => error instanceof ApplicationFailure && error.type === type;

test('a key is told only where a read made then shows what the message says: these times, these doors, this code, issued', async () => {
  const post = new Post();
  const room = await post.granted();
  const grant = post.seam.grants.get(grantKey) ?? assert.fail('no grant');
  const told = { ...grant };
  const elsewhere = { ...told.request, doors: { ...told.request.doors, entrances: ['e9'] } };
  const untrue: readonly (readonly [string, Partial<typeof grant>])[] = [
    ['other times', { request: { ...told.request, window: { ...WINDOW, endsAt: WINDOW.endsAt + 1 } } }],
    ['another door', { request: elsewhere }],
    ['another code', { code: '918273' }],
    ['not issued', { issued: false }],
  ];
  for (const [what, change] of untrue) {
    Object.assign(grant, told, change);
    assert.deepEqual(await post.send({ notice: ready(room) }), OUTDATED, what);
  }
  Object.assign(grant, told);
  assert.equal((await post.send({ notice: ready(room) })).outcome, 'sent');
  assert.ok(post.mails[0]?.text.includes('470 001'));
  post.seam.grants.clear();
  assert.deepEqual(await post.send({ notice: ready(room) }), OUTDATED);
  assert.equal(post.mails.length, 1);
});

test('a code that changes between the read and the telling is not told', async () => {
  const post = new Post();
  const room = await post.granted();
  const secret = post.seam.secret.bind(post.seam);
  post.seam.secret = (request) => {
    for (const grant of post.seam.grants.values()) grant.code = '918273';
    return secret(request);
  };
  assert.deepEqual(await post.send({ notice: ready(room) }), OUTDATED);
  assert.deepEqual(post.mails, []);
});

test('an end is told only once a read shows the grant gone', async () => {
  const post = new Post();
  await post.granted();
  const notice: Notice = { kind: 'access_ended', endedAt: WINDOW.startsAt, unitIds: ['101'] };
  assert.deepEqual(await post.send({ notice }), OUTDATED);
  post.seam.grants.clear();
  assert.equal((await post.send({ notice })).outcome, 'sent');
  assert.equal(post.mails.length, 1);
});

test('nobody is told of a unit that has become another’s meanwhile', async () => {
  const post = new Post();
  const occupancy = aQuestion();
  post.neighbours = { find: async () => [aNeighbour({ units: [aUnit()] })] };
  await assert.rejects(post.send({ occupancy }), failing('UnitOccupied'));
  assert.deepEqual(post.mails, []);
});

test('a message that is tried again is the same one: a mail by its Message-ID, an SMS by being looked for since the first try', async () => {
  const post = new Post();
  for (const attempt of [1, 2]) await post.send({ attempt });
  assert.equal(new Set(post.mails.map(({ messageId }) => messageId)).size, 1);
  await post.send({ channel: 'sms' });
  await post.send({ channel: 'sms', attempt: 2 });
  await post.send({ channel: 'sms', attempt: 2, lookUpSince: 5_000 });
  assert.deepEqual(
    post.sms.map(({ lookUpSince }) => lookUpSince),
    [null, 7_000, 5_000],
  );
});

test('a dear number gets no SMS, a house that has sent its share waits, and what failed used up nothing of it', async () => {
  const post = new Post();
  const dear = aRecipient({ address: '+881612345678' });
  await assert.rejects(post.send({ channel: 'sms', recipient: dear }), failing('SmsRefused'));
  post.isDown = true;
  await assert.rejects(post.send({ limitedBy: 'house' }), failing('MailUnavailable'));
  post.isDown = false;
  for (let i = 0; i < 200; i += 1) await post.send({ limitedBy: 'house' });
  await assert.rejects(post.send({ limitedBy: 'house' }), failing('MessageLimit'));
  await post.send({ limitedBy: null });
  assert.deepEqual([post.sms.length, post.mails.length], [0, 201]);
});
