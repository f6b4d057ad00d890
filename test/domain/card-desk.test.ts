import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MethodState } from '../../workflows/domain/access.ts';
import { asked, booking, HOUR, order, SECOND, T0 } from '../support/errand-orders.ts';
import { PlayedStay } from '../support/played-stay.ts';
import { aProperty, aReservation } from '../support/stays.ts';

const CARD = 'grant-1-method';
const far = { startsAt: T0 + 20 * 24 * HOUR, endsAt: T0 + 21 * 24 * HOUR };
const reasons = (stay: PlayedStay) => stay.view.reasons.map(({ code }) => code);

async function aCardOnly(cards: MethodState, notes: PlayedStay['seam']['cardNotes'], when = booking): Promise<PlayedStay> {
  const stay = await PlayedStay.book({ reservation: aReservation(when), property: aProperty({ access: { modes: ['card'] } }), now: T0 });
  Object.assign(stay.seam, { cards, cardNotes: notes });
  await stay.settle();
  return stay;
}

test('a card that is not ready for the desk is no access yet: looked at ever more rarely, also without a word of Seam, and then made', async () => {
  const stay = await aCardOnly('pending', { isInPreparation: true }, far);
  const looks = () => stay.seam.log.filter((entry) => entry.startsWith('read ')).length;
  assert.deepEqual([stay.view.readiness, stay.sent, reasons(stay)], ['pending', [], ['not_issued']]);
  await stay.until(T0 + 60 * SECOND);
  assert.ok(looks() >= 3 && looks() <= 6, String(looks()));
  await stay.until(T0 + 10 * 24 * HOUR);
  assert.ok(looks() <= 26, String(looks()));
  stay.seam.cards = 'assignment_required';
  stay.seam.cardNotes = {};
  await stay.until(T0 + 11 * 24 * HOUR);
  assert.deepEqual([stay.view.access[0]?.state, reasons(stay)[0]], ['issued', 'card_waiting']);
  const calm = looks();
  await stay.until(T0 + 15 * 24 * HOUR);
  assert.equal(looks(), calm);
});

test('a card that the desk may write or assign is made either way, and the reason says so', async () => {
  const [write, assign] = [
    asked({ action: 'encode-card', accessMethodId: CARD, encoderId: 'desk' }, 'k1'),
    asked({ action: 'assign-card', accessMethodId: CARD, cardNumber: '0049117' }, 'k1'),
  ];
  for (const [cards, chosen] of [
    ['encoding_required', assign],
    ['assignment_required', write],
  ] as const) {
    const stay = await aCardOnly(cards, {});
    assert.match((await order(stay, chosen)) ?? '', /use "(encode|assign)-card"/);
    stay.seam.cardNotes = { eitherWay: true };
    await stay.tell({ kind: 'action', action: asked({ action: 'retry' }, 'look') });
    assert.match(stay.view.reasons[0]?.text ?? '', /"encode-card", or take one .* "assign-card"/);
    assert.equal(await order(stay, chosen), null);
    assert.equal(stay.deeds.length, 1);
  }
});
