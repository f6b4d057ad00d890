import assert from 'node:assert/strict';
import { test } from 'node:test';
import { caughtUpTypes, isOldNews } from '../../workflows/domain/catch-up-plan.ts';
import { DOOR_EVENT_TYPES, doorNewsOf } from '../../workflows/domain/door-events.ts';
import type { Standing } from '../../workflows/domain/standing.ts';

const stay = (state: Standing['state'], readiness = 'pending'): Standing => ({
  workflowId: 'latchkey:pms:R1',
  state,
  readiness,
  propertyId: 'house',
  accessGrantIds: [],
});
const ready = stay('running', 'ready');
const waiting = stay('running');
const over = stay('over', 'closed');

const EVERY_TYPE = caughtUpTypes(['grants', 'acs', 'access_codes']);
const ISSUED = [
  'access_method.issued',
  'access_grant.access_granted_to_door',
  'access_grant.access_granted_to_all_doors',
  'acs_credential.issued',
  'access_code.scheduled_on_device',
  'access_code.set_on_device',
];

test('that a key is issued is news to every running stay that is not ready, and to nobody else', () => {
  for (const eventType of ISSUED) {
    for (const readiness of ['pending', 'at_risk', 'blocked', 'closing'])
      assert.equal(isOldNews({ eventType, standings: [stay('running', readiness)] }), false, readiness);
    for (const standing of [ready, over, stay('broken_off', 'ready')]) assert.equal(isOldNews({ eventType, standings: [standing] }), true);
  }
});

test('whatever takes access away or changes it is news to every stay that runs', () => {
  for (const eventType of EVERY_TYPE.filter((type) => !ISSUED.includes(type) && doorNewsOf(type) === null)) {
    for (const standing of [ready, waiting]) assert.equal(isOldNews({ eventType, standings: [standing] }), false, eventType);
    assert.equal(isOldNews({ eventType, standings: [over] }), true, eventType);
  }
});

test('that a door broke is news to whoever is not at risk, that it works again to whoever is not ready, other doors of a space to everybody', () => {
  const atRisk = stay('running', 'at_risk');
  const news = (eventType: string): boolean[] => [ready, atRisk, over].map((standing) => !isOldNews({ eventType, standings: [standing] }));
  assert.deepEqual(news('device.disconnected'), [true, false, false]);
  assert.deepEqual(news('device.connected'), [false, true, false]);
  assert.deepEqual(news('space.device_membership_changed'), [true, true, false]);
  assert.ok(DOOR_EVENT_TYPES.every((type) => EVERY_TYPE.includes(type)));
});

test('an event is passed on while one stay that it is about may not know it, or none is known', () => {
  for (const eventType of EVERY_TYPE) {
    assert.equal(isOldNews({ eventType, standings: [over, null] }), false);
    assert.equal(isOldNews({ eventType, standings: [] }), false);
    assert.equal(isOldNews({ eventType, standings: [over, waiting] }), false);
  }
});

test('what the engine did itself is never caught up', () => {
  for (const eventType of ['access_grant.created', 'access_method.created', 'lock.unlocked', 'toString'])
    assert.equal(isOldNews({ eventType, standings: [waiting] }), true, eventType);
});
