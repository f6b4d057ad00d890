import assert from 'node:assert/strict';
import { test } from 'node:test';
import { refusedNumber } from '../../activities/sms-policy.ts';

test('premium, shared-cost and satellite ranges get no SMS, ordinary numbers do', () => {
  const expected = {
    '+449012345678': 'number_premium',
    '+49180512345': 'number_shared_cost',
    '+979123456789': 'number_premium',
    '+870773111632': 'number_satellite',
    '+881612345678': 'number_satellite',
    '+882161234567': 'number_satellite',
    '+88310012345678': 'number_satellite',
    '+351912345678': null,
    '+4915112345678': null,
    '+12025550123': null,
    'not a number': 'number_invalid',
  };
  for (const [phone, reason] of Object.entries(expected)) assert.equal(refusedNumber({ phone, countries: [] }), reason, phone);
  assert.notEqual(refusedNumber({ phone: '+448431234567', countries: [] }), null);
});

test('where countries are named, only their numbers get an SMS, and dear ranges in them still none', () => {
  const countries = ['PT', 'GB'];
  assert.equal(refusedNumber({ phone: '+351912345678', countries }), null);
  assert.equal(refusedNumber({ phone: '+4915112345678', countries }), 'number_country');
  assert.equal(refusedNumber({ phone: '+449012345678', countries }), 'number_premium');
});
