import assert from 'node:assert/strict';
import { test } from 'node:test';
import { refusalOf } from '../../workflows/domain/order-refusal.ts';
import type { Order } from '../../workflows/messages.ts';
import { asked, booking, HOUR, order, T0 } from '../support/errand-orders.ts';
import { PlayedStay } from '../support/played-stay.ts';
import { aProperty, aReservation } from '../support/stays.ts';

const told = (given: Order, key = 'k1') => ({ kind: 'action' as const, action: asked(given, key) });

test('where nothing new may be made, a reissue is refused and takes nothing away: held, or a condition lost in house', async () => {
  const property = aProperty({ access: { modes: ['cloud_key'], requires: ['paid'] } });
  const stay = await PlayedStay.book({ reservation: aReservation({ ...booking, conditions: { paid: true } }), property, now: T0 });
  await stay.until(booking.startsAt + HOUR);
  const reissue = told({ action: 'reissue', accessMethodId: 'grant-1-method' }, 'again').action;
  const refusal = () => refusalOf({ state: stay.state, action: reissue, now: stay.now });
  assert.equal(refusal(), null);
  await stay.tell(told({ action: 'hold' }));
  assert.match(refusal() ?? '', /"release" first; to end it now, "revoke"/);
  await stay.tell(told({ action: 'release', waive: [] }, 'k2'));
  await stay.change(aReservation({ ...booking, version: 2, conditions: { paid: false } }), property);
  assert.match(refusal() ?? '', /a condition is missing/);
  await stay.tell(told({ action: 'release', waive: ['paid'] }, 'k3'));
  assert.equal(refusal(), null);
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
