/** How fast-check draws steps: what happens in every house often, what seldom does seldom. */
import * as fc from 'fast-check';
import type { Mode } from '../../workflows/domain/property.ts';
import { changes, hours, pick } from './drawn-changes.ts';
import type { OrderName, Step } from './step.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

const manners = fc.record(
  {
    issues: fc.constantFrom('at once' as const, 'late' as const, 'late' as const),
    moves: fc.constantFrom('at once' as const, 'slow' as const, 'silent' as const),
    recodes: fc.boolean(),
    deletes: fc.constantFrom('at once' as const, 'slow' as const, 'never' as const),
  },
  { requiredKeys: [] },
);

const deed = fc.constantFrom(
  'issue' as const,
  'issue' as const,
  'settle' as const,
  'settle' as const,
  'fail' as const,
  'recode' as const,
  'backup' as const,
  'remove' as const,
  'shift' as const,
  'foreign' as const,
  'unforeign' as const,
  'use' as const,
  'write' as const,
  'write' as const,
);
const orders = fc.constantFrom<OrderName>(
  'resend',
  'hold',
  'release',
  'waive',
  'revoke',
  'retry',
  'change-departure',
  'reissue',
  'told',
  'acknowledge',
  'unlock',
  'encode-card',
);
const span = fc.constantFrom(SECOND, 5 * SECOND, 20 * SECOND, 61 * SECOND, 5 * MINUTE, HOUR, 12 * HOUR, 24 * HOUR);
const fault = fc.option(fc.record({ pick, isDone: fc.boolean() }), { freq: 2 });

export const steps: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({ kind: fc.constant('pms' as const), change: changes, arrives: fc.constantFrom(true, true, true, false) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('pmsAgain' as const), pick }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('configuration' as const),
      unitId: fc.constantFrom('101', '101', '102'),
      doors: fc.option(fc.nat({ max: 4 })),
      modes: fc.constantFrom<(readonly Mode[] | null)[]>(null, null, null, ['code', 'mobile_key'], ['code']),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('manners' as const), manners }) },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('seam' as const), deed, pick }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('restless' as const), times: fc.nat({ max: 9 }), pick }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('door' as const), isDead: fc.boolean(), pick }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('event' as const),
      fate: fc.constantFrom('comes' as const, 'comes twice' as const, 'is lost' as const, 'is false' as const),
      pick,
    }),
  },
  { weight: 5, arbitrary: fc.constant({ kind: 'events' as const }) },
  { weight: 14, arbitrary: fc.record({ kind: fc.constant('progress' as const), pick, fault }) },
  { weight: 10, arbitrary: fc.constant({ kind: 'finish' as const }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('meanwhile' as const), pick }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('receipt' as const),
      pick,
      status: fc.constantFrom('delivered' as const, 'undelivered' as const, 'sent' as const),
    }),
  },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('wait' as const), span }) },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('waitUntil' as const),
      what: fc.constantFrom('alarm' as const, 'alarm' as const, 'start' as const, 'end' as const),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('order' as const),
      name: orders,
      pick,
      hours,
      isAgain: fc.constantFrom(false, false, false, true),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('rebooked' as const), by: fc.option(fc.constant('latchkey:model:R2')) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('help' as const), pick }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'nextRun' as const }) },
  { weight: 2, arbitrary: fc.constant({ kind: 'calm' as const }) },
);
