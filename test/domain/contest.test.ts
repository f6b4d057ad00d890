/** A stay that is ready, into whose unit one comes that was booked first. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apply } from '../../workflows/domain/apply.ts';
import { decide } from '../../workflows/domain/decide.ts';
import { NOON } from '../support/neighbours.ts';
import { PlayedStay } from '../support/played-stay.ts';
import { aProperty, aReservation } from '../support/stays.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

test('a stay that is ready is blocked while one that booked first has come into its unit; staff hears once, the guest nothing, the key stays', async () => {
  const stay = await PlayedStay.book({
    reservation: aReservation({ startsAt: NOON + DAY, endsAt: NOON + 2 * DAY }),
    property: aProperty(),
    now: NOON,
  });
  await stay.settle();
  const words = stay.kinds();
  const contest = (unitId = '101') => stay.tell({ kind: 'contested', unitId });
  const seen = () => [stay.view.readiness, stay.seam.grants.size, stay.kinds().slice(words.length)];
  const occupied = { kind: 'askForUnit', failure: { type: 'UnitOccupied', code: 'pms:A', retryAfter: null } } as const;
  stay.failing.push(occupied, occupied, occupied);
  await contest('102');
  await contest();
  assert.deepEqual(seen(), ['ready', 1, []], 'two stays may be swapping their units');
  await stay.until(stay.now + MINUTE);
  assert.deepEqual(seen(), ['blocked', 1, ['email staff_alert']]);
  assert.match(stay.view.reasons.map(({ code, text }) => `${code}: ${text}`).join(), /^unit_occupied: Unit 101 is booked for pms:A/);
  await stay.until(stay.now + 20 * MINUTE);
  assert.deepEqual([seen(), stay.failing.length], [['ready', 1, ['email staff_alert']], 0], 'the other has left');
  assert.deepEqual(stay.view.reasons, []);
});

test('what is heard of the unit while a question is under way is asked about again', async () => {
  const stay = await PlayedStay.book({
    reservation: aReservation({ startsAt: NOON, endsAt: NOON + DAY }),
    property: aProperty(),
    now: NOON,
  });
  await stay.settle();
  await stay.tell({ kind: 'contested', unitId: '101' });
  stay.now += MINUTE;
  const [command] = decide({ state: stay.state, now: stay.now }).commands;
  assert.ok(command?.kind === 'askForUnit');
  const { grantKey } = command;
  stay.state = apply({ state: stay.state, event: { kind: 'contested', unitId: '101' }, now: stay.now });
  stay.state = apply({ state: stay.state, event: { kind: 'ended', command, outcome: { kind: 'unitFree', grantKey } }, now: stay.now });
  assert.equal(decide({ state: stay.state, now: stay.now }).wakeAt, stay.now + MINUTE);
  stay.failing.push({ kind: 'askForUnit', failure: { type: 'UnitOccupied', code: 'pms:A', retryAfter: null } });
  await stay.until(stay.now + MINUTE);
  assert.equal(stay.view.readiness, 'blocked');
});

test('where the house only warns, an extension into another stay and one that is heard of show who has the unit, too', async () => {
  const booked = { startsAt: NOON, endsAt: NOON + DAY };
  const stay = await PlayedStay.book({
    reservation: aReservation(booked),
    property: aProperty({ access: { overlap: 'warn' } }),
    now: NOON,
  });
  await stay.settle();
  const codes = () => stay.view.reasons.map(({ code, text }) => `${code} ${text}`).join();
  stay.sharesWith = 'pms:A';
  await stay.change(aReservation({ ...booked, endsAt: NOON + 2 * DAY, version: 2 }));
  assert.match(codes(), /^unit_shared .*pms:A/);
  stay.sharesWith = 'pms:C';
  await stay.tell({ kind: 'contested', unitId: '101' });
  await stay.until(NOON + MINUTE);
  assert.match(codes(), /^unit_shared .*pms:C/);
});
