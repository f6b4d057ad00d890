import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MethodState } from '../../workflows/domain/access.ts';
import { apply } from '../../workflows/domain/apply.ts';
import { hasLostMethod } from '../../workflows/domain/issuance.ts';
import { mobileKeyOf } from '../../workflows/domain/mobile-session.ts';
import { aStay, asked, booking, failed, HOUR, order, SECOND, stateOf, T0 } from '../support/errand-orders.ts';
import { PlayedStay } from '../support/played-stay.ts';
import { aProperty, aReservation } from '../support/stays.ts';

const CARD = 'grant-1-method-card';
const encode = (key: string) => asked({ action: 'encode-card', accessMethodId: CARD, encoderId: 'desk' }, key);

async function aStayWithCard(cards: MethodState): Promise<PlayedStay> {
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

test('Seam’s word that a card is to be encoded, or was made past the engine in its Console, is read up on and shown', async () => {
  const stay = await aStayWithCard('pending');
  const hear = (eventType: string) =>
    stay.tell({
      kind: 'seam',
      event: { eventId: eventType, eventType, occurredAt: stay.now, accessGrantIds: ['grant-1'], accessMethodId: CARD, doorId: null },
    });
  assert.ok(!cardReasons(stay).includes('card_waiting'));
  stay.seam.cards = 'encoding_required';
  await hear('access_method.card_encoding_required');
  assert.deepEqual(cardReasons(stay), ['card_waiting']);
  stay.seam.cards = 'issued';
  await hear('access_method.issued');
  assert.deepEqual([cardReasons(stay), stay.deeds], [[], []]);
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

test('several cards of one guest and room: the reason says how many wait, each is made by itself, and all outlive the stay', async () => {
  const property = aProperty({ access: { modes: ['code', 'card'], cards: 3 } });
  const stay = await PlayedStay.book({ reservation: aReservation(booking), property, now: T0 });
  stay.seam.cards = 'encoding_required';
  stay.seam.cardStates.set('grant-1-method-card-3', 'assignment_required');
  await stay.settle();
  const texts = () => stay.view.reasons.map(({ text }) => text);
  assert.match(
    texts()[0] ?? '',
    /^2 of 3 cards for room 1 \(guest g1\) wait .*for each \(access methods grant-1-method-card, grant-1-method-card-2\)/,
  );
  assert.match(texts()[1] ?? '', /^1 of 3 cards for room 1 \(guest g1\) waits .*"assign-card".*\(access method grant-1-method-card-3\)/);
  assert.deepEqual([stay.view.readiness, stay.view.access[0]?.methods.length], ['ready', 4]);
  assert.deepEqual(stay.kinds(), ['email access_ready', 'sms access_ready']);
  stay.attempts.push({ state: 'failed', code: 'encoder_not_online' });
  await order(stay, encode('k1'));
  assert.deepEqual(cardReasons(stay), ['encoding_failed', 'card_waiting', 'card_waiting']);
  for (const id of ['', '-2', '-3']) stay.seam.cardStates.set(`${CARD}${id}`, 'issued');
  await stay.tell({ kind: 'action', action: asked({ action: 'retry' }, 'look') });
  assert.deepEqual([texts(), stay.kinds().length], [[], 2]);
  assert.match(
    (await order(stay, asked({ action: 'encode-card', accessMethodId: `${CARD}-2`, encoderId: 'desk' }, 'k2'))) ?? '',
    /issued already/,
  );
  await stay.until(booking.startsAt + HOUR);
  await stay.change(aReservation({ ...booking, version: 2, status: 'checked_out' }));
  const [left] = stay.view.access;
  assert.deepEqual(
    [left?.state, left?.residualUntil, stay.view.readiness],
    ['residual', new Date(booking.endsAt).toISOString(), 'closing'],
  );
});

test('a stay is not settled before each of its cards is there, and a card that somebody deletes is made anew with the others', async () => {
  const stay = await PlayedStay.book({
    reservation: aReservation(booking),
    property: aProperty({ access: { modes: ['card'], cards: 2 } }),
    now: T0,
  });
  stay.seam.cards = 'encoding_required';
  stay.seam.cardStates.set('grant-1-method-card-2', 'pending');
  await stay.settle();
  assert.deepEqual(stay.sent, []);
  stay.seam.cardStates.clear();
  await stay.tell({ kind: 'action', action: asked({ action: 'retry' }, 'look') });
  assert.deepEqual(stay.kinds(), ['email access_ready', 'sms access_ready']);
  const [access] = stay.state.accesses;
  const reading = access?.reading;
  assert.ok(access && reading);
  const one = { ...reading, methods: reading.methods.slice(0, 1) };
  assert.deepEqual(
    [hasLostMethod({ access, reading: one, now: T0 }), hasLostMethod({ access: { ...access, reading: one }, reading, now: T0 })],
    [true, false],
  );
});

test('another number of cards is another grant, told before the first one goes; a unit may have its own number', async () => {
  const stay = await aStayWithCard('encoding_required');
  const grants = () => [...stay.seam.grants.values()].map(({ request }) => request.cards);
  assert.deepEqual(grants(), [undefined]);
  const { units } = aProperty();
  const unit = units['101'];
  assert.ok(unit);
  const property = aProperty({ access: { modes: ['code', 'card'], cards: 4 }, units: { '101': { ...unit, cards: 2 } } });
  await stay.change(aReservation({ ...booking, version: 2 }), property);
  assert.deepEqual([grants(), stay.view.readiness], [[2], 'ready']);
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

test('a card that is not ready for the desk is no access yet: looked at ever more rarely, also without a word of Seam, and then made', async () => {
  const stay = await PlayedStay.book({
    reservation: aReservation({ ...booking, startsAt: T0 + 20 * 24 * HOUR, endsAt: T0 + 21 * 24 * HOUR }),
    property: aProperty({ access: { modes: ['card'] } }),
    now: T0,
  });
  stay.seam.cards = 'pending';
  stay.seam.cardNotes = { isInPreparation: true };
  const looks = () => stay.seam.log.filter((entry) => entry.startsWith('read ')).length;
  await stay.settle();
  assert.deepEqual([stay.view.readiness, stay.sent, cardReasons(stay)], ['pending', [], ['not_issued']]);
  await stay.until(T0 + 60 * SECOND);
  assert.ok(looks() >= 3 && looks() <= 6, String(looks()));
  await stay.until(T0 + 10 * 24 * HOUR);
  assert.ok(looks() <= 26, String(looks()));
  stay.seam.cards = 'assignment_required';
  stay.seam.cardNotes = {};
  await stay.until(T0 + 11 * 24 * HOUR);
  assert.deepEqual([stay.view.access[0]?.state, cardReasons(stay)[0]], ['issued', 'card_waiting']);
  const calm = looks();
  await stay.until(T0 + 15 * 24 * HOUR);
  assert.equal(looks(), calm);
});

test('a card that the desk may write or assign is made either way, and the reason says so', async () => {
  const [write, assign] = [encode('k1'), asked({ action: 'assign-card', accessMethodId: CARD, cardNumber: '0049117' }, 'k1')];
  for (const [cards, chosen] of [
    ['encoding_required', assign],
    ['assignment_required', write],
  ] as const) {
    const stay = await aStayWithCard(cards);
    assert.match((await order(stay, chosen)) ?? '', /use "(encode|assign)-card"/);
    stay.seam.cardNotes = { eitherWay: true };
    await stay.tell({ kind: 'action', action: asked({ action: 'retry' }, 'look') });
    assert.match(stay.view.reasons[0]?.text ?? '', /"encode-card", or take one .* "assign-card"/);
    assert.equal(await order(stay, chosen), null);
    assert.equal(stay.deeds.length, 1);
  }
});

test('a card that cannot be made is replaced by "reissue", as its error advises, with another that the desk can make; a pending one is not', async () => {
  for (const dead of ['encoding_required', 'assignment_required', 'failed'] as const) {
    const stay = await PlayedStay.book({
      reservation: aReservation(booking),
      property: aProperty({ access: { modes: ['card'] } }),
      now: T0,
    });
    stay.seam.cardStates.set('grant-1-method', 'pending').set('grant-2-method', 'encoding_required');
    await stay.settle();
    const reissue = asked({ action: 'reissue', accessMethodId: 'grant-1-method' }, 'again');
    assert.match((await order(stay, reissue)) ?? '', /not issued/);
    stay.seam.cardStates.set('grant-1-method', dead);
    await stay.tell({ kind: 'action', action: asked({ action: 'retry' }, 'look') });
    assert.match((await order(stay, asked({ action: 'reveal', accessMethodId: 'grant-1-method' }, 'show'))) ?? '', /not issued/);
    assert.equal(await order(stay, reissue), null);
    assert.deepEqual([[...stay.seam.grants.values()].map(({ id }) => id), stay.view.readiness], [['grant-2'], 'ready']);
    assert.match(
      (await order(stay, asked({ action: 'reissue', accessMethodId: 'grant-1-method' }, 'twice'))) ?? '',
      /taken back or is gone/,
    );
    assert.equal(await order(stay, asked({ action: 'encode-card', accessMethodId: 'grant-2-method', encoderId: 'desk' }, 'made')), null);
  }
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
