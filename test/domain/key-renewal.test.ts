/** Instant Keys that end before access starts (rule 7), and keys that leak. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { APART } from '../../workflows/domain/failure-types.ts';
import { isAnswered } from '../../workflows/domain/key-commands.ts';
import { openRequest } from '../../workflows/domain/key-requests.ts';
import { refusalOf } from '../../workflows/domain/order-refusal.ts';
import { KEY_REQUESTS } from '../../workflows/domain/pace.ts';
import { passViewOf } from '../../workflows/domain/pass-view.ts';
import { provisionOf } from '../../workflows/domain/property.ts';
import { activityInput } from '../../workflows/inputs.ts';
import { PlayedStay } from '../support/played-stay.ts';
import { aProperty, aReservation } from '../support/stays.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const T0 = Date.UTC(2026, 10, 22, 12);

/** `lives`: how long the first key lives. */
async function book({
  startsIn,
  lives,
  rooms = ['101'],
}: {
  startsIn: number;
  lives: number;
  rooms?: readonly string[];
}): Promise<PlayedStay> {
  const reservation = aReservation({
    startsAt: T0 + startsIn,
    endsAt: T0 + startsIn + 5 * DAY,
    rooms: rooms.map((unitId, i) => ({ id: String(i + 1), unitId, arrival: null, departure: null })),
  });
  const [first] = reservation.guests;
  assert.ok(first !== undefined);
  const guests = [{ ...first, roomIds: reservation.rooms.map(({ id }) => id) }];
  const property = aProperty({ access: { modes: ['mobile_key'] }, messages: { revealBefore: DAY } });
  const stay = await PlayedStay.book({ reservation: { ...reservation, guests }, property, now: T0 });
  stay.seam.keysExpireAt = T0 + lives;
  return stay;
}

const renewals = ({ seam }: PlayedStay): number => seam.log.filter((entry) => entry.startsWith('renewKey ')).length;
const guestsHeard = ({ sent }: PlayedStay): readonly string[] =>
  sent.filter(({ notice }) => notice.kind !== 'staff_alert').map(({ channel, notice }) => `${channel} ${notice.kind}`);

test('a key that ends before access starts is made anew once, before the guest is told, and then there is peace', async () => {
  const stay = await book({ startsIn: 10 * DAY, lives: 2 * DAY, rooms: ['101', '102'] });
  await stay.until(T0 + 9 * DAY - 1);
  assert.deepEqual([renewals(stay), stay.sent.length, stay.view.readiness], [0, 0, 'ready']);
  stay.seam.keysExpireAt = T0 + 11 * DAY;
  await stay.until(T0 + 14 * DAY);
  assert.equal(renewals(stay), 1);
  assert.deepEqual(guestsHeard(stay), ['email access_ready', 'sms access_ready']);
  const told = stay.sent[0]?.facts?.rooms.map((room) => room.keys[0]?.fingerprint);
  assert.deepEqual([told?.length, stay.view.readiness], [2, 'ready']);
});

test('a key that is alive when access starts is left alone, also when it ends during the stay', async () => {
  const stay = await book({ startsIn: DAY, lives: 2 * DAY });
  await stay.until(T0 + 5 * DAY);
  assert.deepEqual([renewals(stay), guestsHeard(stay)], [0, ['email access_ready', 'sms access_ready']]);
});

test('where every key lives too short, the next one is made when it is alive at the start, and told as a change', async () => {
  const stay = await book({ startsIn: DAY, lives: HOUR });
  stay.seam.keysExpireAt = T0 + HOUR;
  await stay.settle();
  await stay.until(T0 + 2 * HOUR);
  stay.seam.keysExpireAt = T0 + DAY + HOUR;
  await stay.until(T0 + 2 * DAY);
  assert.ok(renewals(stay) <= 3, String(renewals(stay)));
  assert.deepEqual(guestsHeard(stay).slice(2), ['email access_changed', 'sms access_changed']);
});

test('a link that Seam refuses to make anew is not told; staff hears at once that a person is needed', async () => {
  const stay = await book({ startsIn: 10 * DAY, lives: 2 * DAY });
  await stay.until(T0 + 9 * DAY - 1);
  stay.failing.push({ kind: 'renewKey', failure: { type: 'SeamRejected', code: 'invalid_input', retryAfter: null } });
  await stay.until(T0 + 9 * DAY + HOUR);
  assert.deepEqual([stay.view.readiness, guestsHeard(stay)], ['blocked', []]);
  assert.ok(stay.view.reasons.some(({ code, text }) => code === 'key_not_renewed' && text.includes('invalid_input')));
});

const ask = (key: string) => ({
  kind: 'action' as const,
  action: { action: 'renew-key' as const, guestId: 'g1', idempotencyKey: key, by: 'g1', reason: null },
});
const refusal = ({ state, now }: PlayedStay) => refusalOf({ state, now, action: ask('another').action });

test('a guest gets another key by asking, in the own name, told once per channel; minutes apart, a few times, and never while held', async () => {
  const stay = await book({ startsIn: HOUR, lives: 2 * HOUR });
  await stay.until(T0 + 2 * HOUR);
  for (let time = 1; time <= KEY_REQUESTS.most; time += 1) {
    assert.equal(refusal(stay), null);
    const before = guestsHeard(stay).length;
    stay.seam.keysExpireAt = stay.now + DAY;
    await stay.tell(ask(`k${time}`));
    await stay.tell(ask(`k${time}`));
    assert.deepEqual([renewals(stay), guestsHeard(stay).slice(before)], [time, ['email access_changed', 'sms access_changed']]);
    assert.equal(stay.view.readiness, 'ready');
    await stay.until(stay.now + KEY_REQUESTS.pause - 1);
    assert.match(refusal(stay) ?? '', time < KEY_REQUESTS.most ? /a moment ago/ : /had 5 others/);
    await stay.until(stay.now + 1);
  }
  const asked = stay.view.timeline.filter(({ what }) => what === 'renew-key').map(({ actor, by }) => `${actor} ${by}`);
  assert.deepEqual([asked.length, new Set(asked)], [KEY_REQUESTS.most, new Set(['guest g1'])]);
  const held = await book({ startsIn: HOUR, lives: 2 * HOUR });
  await held.settle();
  assert.equal(refusal(held), null);
  await held.tell({ kind: 'action', action: { action: 'hold', idempotencyKey: 'h', by: 'desk', reason: null } });
  assert.match(refusal(held) ?? '', /withheld/);
});

test('the page offers another key once its guest may know of the first, and of no other kind of key', async () => {
  const from = ({ state, now }: PlayedStay) => passViewOf({ state, guestId: 'g1', now })?.newKeyFrom;
  const stay = await book({ startsIn: 3 * DAY, lives: 5 * DAY });
  await stay.settle();
  assert.equal(from(stay), undefined);
  await stay.until(T0 + 2 * DAY);
  assert.equal(from(stay), 0);
  await stay.tell(ask('k1'));
  assert.equal(from(stay), stay.now + KEY_REQUESTS.pause);
  const coded = await PlayedStay.book({ reservation: aReservation({ startsAt: T0, endsAt: T0 + DAY }), property: aProperty(), now: T0 });
  await coded.settle();
  assert.equal(from(coded), undefined);
});

test('a key that Seam does not make for the guest who asks is tried again, and once it refuses staff hears of the guest', async () => {
  const stay = await book({ startsIn: HOUR, lives: 2 * HOUR });
  await stay.until(T0 + 2 * HOUR);
  for (const type of ['SeamUnavailable', 'SeamRejected'] as const)
    stay.failing.push({ kind: 'renewKey', failure: { type, code: 'invalid_input', retryAfter: null } });
  await stay.tell(ask('k1'));
  assert.deepEqual([isAnswered({ state: stay.state, guestId: 'g1' }), openRequest({ state: stay.state, guestId: 'g1' })], [true, stay.now]);
  await stay.until(stay.now + MINUTE);
  assert.deepEqual([renewals(stay), stay.view.readiness, stay.sent.at(-1)?.notice.kind], [0, 'ready', 'staff_alert']);
  assert.ok(stay.view.reasons.some(({ code, text }) => code === 'key_not_renewed' && text.includes('guest asked')));
});

test('how its page looks goes along with a mobile key, made first or anew, and with no other key', async () => {
  const looks = async (mode: 'mobile_key' | 'code') => {
    const property = aProperty({ access: { modes: [mode], customizationProfileId: 'look' } });
    const stay = await PlayedStay.book({ reservation: aReservation({ startsAt: T0 - HOUR, endsAt: T0 + DAY }), property, now: T0 });
    await stay.settle();
    return { stay, look: [...stay.seam.grants.values()][0]?.request.customizationProfileId };
  };
  const { stay, look } = await looks('mobile_key');
  const command = { kind: 'renewKey', lane: '', key: '', grantKey: '', guestId: 'g1', insteadOf: 0, askedAt: null } as const;
  assert.deepEqual([look, activityInput.renewKey({ command, state: stay.state }).customizationProfileId], ['look', 'look']);
  assert.equal((await looks('code')).look, undefined);
});

const reissue = (accessMethodId: string) => ({
  kind: 'action' as const,
  action: { action: 'reissue' as const, accessMethodId, idempotencyKey: 'k', by: 'desk', reason: null },
});

test('what leaked is replaced wherever it opens a door, and its successor is wished to be another', async () => {
  const property = aProperty({
    access: { provision: { ...provisionOf(aProperty().access), codePolicy: { by: 'reservation', length: 6 } } },
  });
  const two = aReservation({ startsAt: T0 + HOUR, endsAt: T0 + DAY });
  const guests = [
    ...two.guests,
    { ...two.guests[0], id: 'g2', name: 'Grace', email: 'grace@guests.example', phone: null, language: null, roomIds: ['1'] },
  ];
  const stay = await PlayedStay.book({ reservation: { ...two, guests }, property, now: T0 });
  await stay.settle();
  const codes = (): readonly string[] => [...stay.seam.grants.values()].map(({ code }) => code);
  const before = codes();
  assert.deepEqual([before.length, new Set(before).size], [2, 1]);
  await stay.tell(reissue('grant-1-method'));
  assert.deepEqual([codes().length, new Set(codes()).size, codes().includes(before[0] ?? '')], [2, 1, false]);
});

test('grants of a reservation that cannot be moved apart get successors instead of waiting for one another', async () => {
  const stay = await PlayedStay.book({
    reservation: aReservation({ startsAt: T0 + HOUR, endsAt: T0 + DAY }),
    property: aProperty(),
    now: T0,
  });
  await stay.settle();
  stay.failing.push({ kind: 'changeWindow', failure: { type: 'ReservationConflict', code: APART, retryAfter: null } });
  await stay.change(aReservation({ startsAt: T0 + 5 * DAY, endsAt: T0 + 6 * DAY, version: 2 }));
  const windows = [...stay.seam.grants.values()].map(({ request }) => request.window.startsAt);
  assert.deepEqual([windows, stay.view.readiness], [[T0 + 5 * DAY], 'ready']);
});
