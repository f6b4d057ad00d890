import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apply } from '../../workflows/domain/apply.ts';
import { addErrand, findErrand } from '../../workflows/domain/errand.ts';
import type { Failure, FailureType } from '../../workflows/domain/failure-types.ts';
import { mobileKeyOf } from '../../workflows/domain/mobile-session.ts';
import { refusalOf } from '../../workflows/domain/order-refusal.ts';
import type { Property } from '../../workflows/domain/property.ts';
import type { Action, Order } from '../../workflows/messages.ts';
import { PlayedStay } from '../support/played-stay.ts';
import { aProperty, aReservation } from '../support/stays.ts';

const SECOND = 1_000;
const HOUR = 3_600_000;
const T0 = Date.UTC(2026, 10, 22, 12);
const booking = { startsAt: T0 + HOUR, endsAt: T0 + 48 * HOUR };

const asked = (order: Order, key: string, askedAt?: number): Action => ({
  ...order,
  idempotencyKey: key,
  by: 'desk',
  reason: null,
  ...(askedAt === undefined ? {} : { askedAt }),
});
const unlock = (change: Partial<Extract<Order, { action: 'unlock' }>> = {}): Order => ({
  action: 'unlock',
  entranceId: 'door-101',
  deviceId: null,
  guestId: null,
  ...change,
});
const failed = (type: FailureType, code: string | null = null): Failure => ({ type, code, retryAfter: null });

async function aStay({
  modes,
  now = booking.startsAt + HOUR,
  ...change
}: { modes: Property['access']['modes']; now?: number } & Partial<Property>) {
  const stay = await PlayedStay.book({
    reservation: aReservation(booking),
    property: aProperty({ access: { modes }, ...change }),
    now: T0,
  });
  await stay.until(now);
  return stay;
}

/** Refused with words, or taken and done. */
async function order(stay: PlayedStay, action: Action): Promise<string | null> {
  const refusal = refusalOf({ state: stay.state, action, now: stay.now });
  if (refusal === null) await stay.tell({ kind: 'action', action });
  return refusal;
}
const stateOf = (stay: PlayedStay, key: string) => findErrand({ state: stay.state, key })?.state;

test('a door is unlocked by the cloud key that opens it, in the window only, never later than ten seconds after asking', async () => {
  const stay = await aStay({ modes: ['code', 'cloud_key'], now: booking.startsAt - 1 });
  assert.match((await order(stay, asked(unlock(), 'early'))) ?? '', /starts at/);
  await stay.until(booking.startsAt + HOUR);
  assert.match((await order(stay, asked(unlock({ entranceId: 'door-102' }), 'other'))) ?? '', /no access to such a door/);
  assert.match((await order(stay, asked(unlock({ guestId: 'g2' }), 'stranger'))) ?? '', /no access to such a door/);
  assert.match((await order(stay, asked(unlock(), 'late', stay.now - 11 * SECOND))) ?? '', /too long ago/);
  assert.equal(await order(stay, asked(unlock(), 'k1')), null);
  assert.deepEqual(stay.deeds, [{ kind: 'unlock', doorId: 'door-101', accessMethodId: 'grant-1-method-cloud_key' }]);
  await stay.until(booking.endsAt - 1);
  await stay.tell({ kind: 'action', action: asked({ action: 'revoke' }, 'k2') });
  assert.match((await order(stay, asked(unlock(), 'over'))) ?? '', /no access to such a door/);
  assert.equal(stay.deeds.length, 1);
});

test('an unlock needs mode cloud_key, and a plain device the ability to be unlocked from afar', async () => {
  const byCode = await aStay({ modes: ['code'] });
  assert.match((await order(byCode, asked(unlock(), 'k1'))) ?? '', /no cloud keys/);
  const doors = { entrances: ['door-101'], devices: ['gate', 'shed'], spaces: [], spaceKeys: [] };
  const stay = await aStay({ modes: ['cloud_key'], now: T0, units: { '101': { doors, modes: null } } });
  stay.seam.remoteDevices.push('gate');
  await stay.tell({ kind: 'action', action: asked({ action: 'retry' }, 'look') });
  await stay.until(booking.startsAt);
  const device = (deviceId: string, key: string) => order(stay, asked(unlock({ entranceId: null, deviceId }), key));
  assert.match((await device('shed', 'k1')) ?? '', /Door shed cannot be unlocked from afar/);
  assert.match((await device('door-101', 'k2')) ?? '', /no access to such a door/);
  assert.equal(await device('gate', 'k3'), null);
  assert.deepEqual(stay.deeds, [{ kind: 'unlock', doorId: 'gate', accessMethodId: null }]);
});

test('an unlock that the device did not confirm reads requested, also when nothing is heard of it any more; a guest’s is the guest’s', async () => {
  const stay = await aStay({ modes: ['cloud_key'] });
  stay.attempts.push({ state: 'requested' });
  await order(stay, asked(unlock({ guestId: 'g1' }), 'k1'));
  assert.deepEqual(
    stay.view.timeline.slice(-2).map(({ what, actor, detail }) => [what, actor, detail]),
    [
      ['unlock', 'guest', 'door-101; g1'],
      ['unlock_requested', 'seam', 'door-101'],
    ],
  );
  const action = asked(unlock(), 'k2');
  stay.state = apply({ state: stay.state, event: { kind: 'action', action }, now: stay.now });
  assert.equal(await order(stay, asked(unlock(), 'k3')), 'Door door-101 is being unlocked already; wait for it.');
  stay.attempts.push({ state: 'sent' });
  stay.failing.push(
    { kind: 'followErrand', failure: failed('SeamUnavailable') },
    { kind: 'followErrand', failure: failed('SeamUnavailable') },
  );
  await stay.settle();
  assert.equal(stateOf(stay, 'k2'), 'sent');
  stay.attempts.push({ state: 'sent' });
  await stay.until(stay.now + 60 * SECOND);
  assert.equal(stateOf(stay, 'k2'), 'requested');
  assert.deepEqual([stay.deeds.length, stay.state.setbacks], [2, {}]);
});

test('whatever a try ends with, nothing but another order sends again; what is not known is said so', async () => {
  const stay = await aStay({ modes: ['cloud_key'] });
  const ends: readonly [FailureType, string | null, 'failed' | 'unknown', RegExp][] = [
    ['SeamRejected', 'access_method_not_active', 'failed', /Not done: Seam refused the request \(access_method_not_active\)/],
    ['TooLate', null, 'failed', /Not done: it was asked for too long ago/],
    ['SeamRateLimited', null, 'failed', /slow down/],
    ['SeamUnavailable', 'ECONNRESET', 'unknown', /not known whether it was done: .*ECONNRESET.* Try the door/],
    ['Unexpected', null, 'unknown', /not known/],
  ];
  for (const [type, code, state, words] of ends) {
    stay.failing.push({ kind: 'sendErrand', failure: failed(type, code) });
    await order(stay, asked(unlock(), type));
    const errand = findErrand({ state: stay.state, key: type });
    assert.deepEqual([errand?.state, errand?.actionAttemptId], [state, null]);
    assert.match(errand?.problem ?? '', words);
  }
  await stay.until(stay.now + HOUR);
  await order(stay, asked({ action: 'retry' }, 'retry'));
  await order(stay, asked(unlock(), 'SeamUnavailable'));
  assert.deepEqual([stay.deeds, stay.state.setbacks], [[], {}]);
});

test('errands under way are always remembered, of the others the newest', async () => {
  const stay = await aStay({ modes: ['cloud_key'] });
  stay.state = apply({ state: stay.state, event: { kind: 'action', action: asked(unlock(), 'open') }, now: stay.now });
  const [open] = stay.state.errands ?? [];
  assert.ok(open);
  let { state } = stay;
  for (let i = 0; i < 30; i += 1) state = addErrand({ state, errand: { ...open, key: `k${i}`, state: 'confirmed' } });
  assert.deepEqual([state.errands?.length, state.errands?.[0]?.key, state.errands?.at(-1)?.key], [21, 'open', 'k29']);
});

const CARD = 'grant-1-method-card';
const encode = (key: string) => asked({ action: 'encode-card', accessMethodId: CARD, encoderId: 'desk' }, key);

async function aStayWithCard(cards: 'encoding_required' | 'assignment_required'): Promise<PlayedStay> {
  const stay = await PlayedStay.book({
    reservation: aReservation(booking),
    property: aProperty({ access: { modes: ['code', 'card'] } }),
    now: T0,
  });
  stay.seam.cards = cards;
  await stay.settle();
  return stay;
}
const cardReasons = (stay: PlayedStay) => stay.view.reasons.map(({ code }) => code);
const issueCard = async (stay: PlayedStay) => {
  stay.seam.cards = 'issued';
  await stay.tell({ kind: 'action', action: asked({ action: 'retry' }, `look-${stay.now}`) });
};

test('a card that waits for the desk counts as ready and is a reason that names room and guest, and alerts nobody', async () => {
  for (const cards of ['encoding_required', 'assignment_required'] as const) {
    const stay = await aStayWithCard(cards);
    const [reason] = stay.view.reasons;
    assert.deepEqual([stay.view.readiness, reason?.code], ['ready', 'card_waiting']);
    assert.match(reason?.text ?? '', /room 1 \(guest g1\)/);
    assert.deepEqual(stay.kinds(), ['email access_ready', 'sms access_ready']);
  }
});

test('two guests of a room have a card each: each waits and is made by itself', async () => {
  const [ada] = aReservation(booking).guests;
  assert.ok(ada);
  const guests = [ada, { ...ada, id: 'g2', email: 'bob@guests.example', phone: null }];
  const property = aProperty({ access: { modes: ['code', 'card'] } });
  const stay = await PlayedStay.book({ reservation: aReservation({ ...booking, guests }), property, now: T0 });
  stay.seam.cards = 'encoding_required';
  await stay.settle();
  assert.deepEqual(
    stay.view.reasons.map(({ text }) => text.slice(0, 32)),
    ['The card for room 1 (guest g1) w', 'The card for room 1 (guest g2) w'],
  );
  stay.attempts.push({ state: 'failed', code: 'encoder_not_online' });
  await order(stay, asked({ action: 'encode-card', accessMethodId: 'grant-2-method-card', encoderId: 'desk' }, 'k1'));
  assert.deepEqual(cardReasons(stay), ['card_waiting', 'encoding_failed', 'card_waiting']);
});

test('no new card is made for a stay that is held', async () => {
  const stay = await aStayWithCard('encoding_required');
  await order(stay, asked({ action: 'hold' }, 'hold'));
  assert.match((await order(stay, encode('k1'))) ?? '', /No card is made now/);
});

test('each documented error of an encoding says what to do; it is not tried again by itself, and is over once the card is issued', async () => {
  const errors: Record<string, RegExp> = {
    no_credential_on_encoder: /Place a card on it, then use "encode-card" again/,
    encoder_not_online: /encoder is not online/,
    encoder_communication_timeout: /did not answer in time/,
    bridge_disconnected: /Seam Bridge/,
    encoding_interrupted: /taken away/,
    incompatible_card_format: /one of its own cards/,
    action_attempt_expired: /No card came in time/,
    credential_cannot_be_reissued: /Use "reissue"/,
    credential_deleted: /Use "reissue"/,
    uncategorized_error: /Try another card or another encoder/,
    something_new: /Try another card or another encoder/,
  };
  const stay = await aStayWithCard('encoding_required');
  for (const [code, words] of Object.entries(errors)) {
    stay.attempts.push({ state: 'sent' }, { state: 'failed', code });
    assert.equal(await order(stay, encode(code)), null);
    const [reason] = stay.view.reasons;
    assert.equal(reason?.code, 'encoding_failed');
    assert.match(reason?.text ?? '', words);
    assert.match(reason?.text ?? '', new RegExp(code));
  }
  await stay.until(T0 + 20 * 60 * SECOND);
  assert.equal(stay.deeds.length, Object.keys(errors).length);
  await issueCard(stay);
  assert.deepEqual(cardReasons(stay), []);
  // An extension makes Seam ask for the card again: what went wrong then is not said now.
  stay.seam.cards = 'encoding_required';
  await stay.change(aReservation({ ...booking, version: 2, endsAt: booking.endsAt + HOUR }));
  await stay.until(stay.now + 2 * 60 * SECOND);
  assert.deepEqual(cardReasons(stay), ['card_waiting']);
  assert.equal(await order(stay, encode('again')), null);
  assert.equal(stateOf(stay, 'again'), 'confirmed');
});

test('a card is made one way and once at a time, and never a second time once it is issued', async () => {
  const stay = await aStayWithCard('encoding_required');
  const assign = asked({ action: 'assign-card', accessMethodId: CARD, cardNumber: '0049117' }, 'number');
  assert.match((await order(stay, assign)) ?? '', /use "encode-card"/);
  assert.match(
    (await order(stay, asked({ action: 'encode-card', accessMethodId: 'grant-1-method', encoderId: 'desk' }, 'code'))) ?? '',
    /no card/,
  );
  stay.state = apply({ state: stay.state, event: { kind: 'action', action: encode('k1') }, now: stay.now });
  assert.match((await order(stay, encode('k2'))) ?? '', /being made already/);
  stay.attempts.push({ state: 'sent' });
  stay.failing.push({ kind: 'followErrand', failure: failed('SeamNotFound') });
  await stay.settle();
  assert.equal(stateOf(stay, 'k1'), 'unknown');
  await issueCard(stay);
  assert.match((await order(stay, encode('k3'))) ?? '', /issued already/);
  assert.deepEqual(stay.deeds, [{ kind: 'encode', accessMethodId: CARD, encoderId: 'desk' }]);
});

test('the number of a card goes to Seam once and is kept nowhere', async () => {
  const stay = await aStayWithCard('assignment_required');
  stay.attempts.push({ state: 'failed', code: 'credential_not_found' });
  const assign = (key: string) => asked({ action: 'assign-card', accessMethodId: CARD, cardNumber: '0049117' }, key);
  await order(stay, assign('k1'));
  assert.match(stay.view.reasons[0]?.text ?? '', /knows no card of this number/);
  await order(stay, assign('k2'));
  assert.deepEqual(
    stay.deeds.map((deed) => deed.kind === 'assign' && deed.cardNumber),
    ['0049117', '0049117'],
  );
  assert.ok(!JSON.stringify([stay.state, stay.view]).includes('0049117'));
});

test('a session is given for the guest’s own mobile key, once that is issued', async () => {
  const stay = await aStay({ modes: ['mobile_key'] });
  const session = (guestId: string) => order(stay, asked({ action: 'mobile-session', guestId }, `for-${guestId}`));
  assert.match((await session('g2')) ?? '', /no such guest/);
  assert.equal(await session('g1'), null);
  assert.equal(mobileKeyOf({ state: stay.state, guestId: 'g1' }), 'grant-1-method');
  const byCode = await aStay({ modes: ['code'] });
  assert.match((await order(byCode, asked({ action: 'mobile-session', guestId: 'g1' }, 'k1'))) ?? '', /no mobile key/);
});
