import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseConfiguration } from '../../config/properties.ts';
import { snapshotProperty } from '../../config/property-snapshot.ts';
import { zoneOffsets } from '../../config/zone-offsets.ts';
import type { Zone } from '../../workflows/domain/property.ts';
import type { Instant } from '../../workflows/domain/reservation.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** As the workflow reads the table. */
const offsetAt = ({ offsets }: Zone, at: Instant): number | undefined => (offsets.findLast(([from]) => from <= at) ?? offsets[0])?.[1];

function offsetOfIntl(zone: Intl.DateTimeFormat, at: Instant): number {
  const parts = zone.formatToParts(at);
  const [, sign = '+', hours = '0', minutes = '0'] =
    /GMT(?:([+-])(\d\d):(\d\d))?/.exec(parts.find(({ type }) => type === 'timeZoneName')?.value ?? '') ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

test('offsets agree with Intl over the whole time they cover, in zones with clock changes and with 30 and 45 minutes', () => {
  const from = Date.UTC(2026, 8, 1);
  const to = from + 10 * DAY;
  const zones = [
    'Europe/Lisbon',
    'America/New_York',
    'Australia/Lord_Howe',
    'Asia/Kathmandu',
    'Pacific/Chatham',
    'Asia/Kolkata',
    'America/St_Johns',
    'Africa/Casablanca',
    'Etc/UTC',
    'Pacific/Apia',
  ];
  for (const timeZone of zones) {
    const zone = zoneOffsets({ timeZone, from, to });
    const intl = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
    for (let at = from - 3 * DAY; at <= to + 400 * DAY; at += 6 * HOUR + 7 * 60_000)
      assert.equal(offsetAt(zone, at), offsetOfIntl(intl, at), `${timeZone} ${new Date(at).toISOString()}`);
    for (const [change] of zone.offsets.slice(1))
      assert.notEqual(offsetOfIntl(intl, change - 1), offsetOfIntl(intl, change), `${timeZone} changes at ${change}`);
  }
});

test('the table is exact at the instant of a clock change, and one entry where clocks never change', () => {
  const zone = zoneOffsets({ timeZone: 'Europe/Lisbon', from: Date.UTC(2026, 2, 20), to: Date.UTC(2026, 2, 30) });
  assert.deepEqual(zone.offsets.slice(0, 3), [
    [0, 0],
    [Date.UTC(2026, 2, 29, 1), 60],
    [Date.UTC(2026, 9, 25, 1), 0],
  ]);
  assert.deepEqual(zoneOffsets({ timeZone: 'Asia/Kathmandu', from: Date.UTC(2026, 0), to: Date.UTC(2026, 1) }).offsets, [[0, 345]]);
});

test('a departure that is a slip of centuries does not fill the history with clock changes', () => {
  const { offsets } = zoneOffsets({ timeZone: 'Europe/Lisbon', from: Date.UTC(2026, 0), to: Date.UTC(9999, 0) });
  assert.ok(offsets.length < 30, `${offsets.length} entries`);
});

const UNITS = '"101": { entrances: [e1], modes: [card] }, "102": { devices: [d2] }, constructor: { devices: [d3] }';
const text = (units: string): string => `properties:\n  h: { timeZone: Europe/Lisbon, units: { ${units} }, common: { entrances: [e0] } }\n`;

function snapshot({ units = UNITS, unitIds, propertyId = 'h' }: { units?: string; unitIds: readonly string[]; propertyId?: string }) {
  const { value } = parseConfiguration({ text: text(units), file: 'x.yaml' });
  assert.ok(value !== null);
  return snapshotProperty({ configuration: value, propertyId, unitIds, from: Date.UTC(2026, 0), to: Date.UTC(2026, 1) });
}

test('a snapshot holds only the units that the reservation names, and unknown ones are absent', () => {
  const property = snapshot({ unitIds: ['102', '999', '102', 'constructor', 'toString', '__proto__'] });
  assert.deepEqual(Object.keys(property?.units ?? {}), ['102', 'constructor']);
  assert.deepEqual(property?.units['102'], { doors: { entrances: [], devices: ['d2'], spaces: [], spaceKeys: [] }, modes: null });
  assert.deepEqual(property.common.entrances, ['e0']);
});

test('a property that is not configured has no snapshot, also under the names of an object', () => {
  for (const propertyId of ['nowhere', '__proto__', 'constructor', '']) assert.equal(snapshot({ propertyId, unitIds: [] }), null);
});

test('equal settings give the same text, whatever the order in the file or in the reservation', () => {
  const one = snapshot({ units: 'villa: { entrances: [e1], modes: [card] }, attic: {}', unitIds: ['attic', 'villa'] });
  const other = snapshot({ units: 'attic: {}, villa: { modes: [card], entrances: [e1] }', unitIds: ['villa', 'attic', 'villa'] });
  assert.equal(JSON.stringify(one), JSON.stringify(other));
});

test('a revision changes with what the stay follows, and with nothing else: not with other units, not from day to day', () => {
  const revision = (change: Partial<Parameters<typeof snapshot>[0]> = {}) => snapshot({ unitIds: ['101'], ...change })?.revision;
  const { value } = parseConfiguration({ text: text(UNITS), file: 'x.yaml' });
  assert.ok(value !== null && revision() !== undefined);
  const later = snapshotProperty({
    configuration: value,
    propertyId: 'h',
    unitIds: ['101'],
    from: Date.UTC(2031, 0),
    to: Date.UTC(2032, 0),
  });
  assert.equal(later?.revision, revision());
  assert.equal(revision({ units: UNITS.replace('d2', 'd9') }), revision());
  for (const other of [UNITS.replace('e1', 'e9'), UNITS.replace('card', 'code'), '"102": { devices: [d2] }'])
    assert.notEqual(revision({ units: other }), revision(), other);
  assert.notEqual(revision({ unitIds: ['101', '102'] }), revision());
  for (const [from, to] of [
    ['Lisbon', 'Madrid'],
    ['timeZone', 'checkOut: "12:00", timeZone'],
    ['e0', 'e5'],
  ] as const) {
    const { value: changed } = parseConfiguration({ text: text(UNITS).replace(from, to), file: 'x.yaml' });
    assert.ok(changed !== null);
    const { revision: other } = snapshotProperty({ configuration: changed, propertyId: 'h', unitIds: ['101'], from: 0, to: 0 }) ?? {};
    assert.notEqual(other, revision(), to);
  }
});
