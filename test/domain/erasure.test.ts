import assert from 'node:assert/strict';
import { test } from 'node:test';
import { remainsOf } from '../../workflows/domain/erasure.ts';
import { userIdentityKeyOf } from '../../workflows/domain/ids.ts';
import { PlayedStay } from '../support/played-stay.ts';
import { aProperty, aReservation } from '../support/stays.ts';

const DAY = 86_400_000;
const T0 = Date.UTC(2026, 10, 22, 12);
const booking = { startsAt: T0, endsAt: T0 + DAY };
const guest = (id: string) => ({ id, name: 'Ada', email: `${id}@guests.example`, phone: null, language: 'en', roomIds: ['1'] });

test('everybody who may have had a key is forgotten, also who was taken off the booking since', async () => {
  const reservation = aReservation({ ...booking, guests: [guest('g1'), guest('g2')] });
  const stay = await PlayedStay.book({ reservation, property: aProperty(), now: T0 });
  await stay.settle();
  await stay.change(aReservation({ ...booking, version: 2, guests: [guest('g1')] }));
  const { workflowId } = stay.state.key;
  assert.deepEqual(
    new Set(remainsOf(stay.view).userIdentityKeys),
    new Set(['g1', 'g2'].map((guestId) => userIdentityKeyOf({ workflowId, guestId }))),
  );
});
