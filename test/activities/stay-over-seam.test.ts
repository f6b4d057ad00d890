/** A stay of the pure core over the real adapter and the Seam simulator: what changes in Seam, as the guest hears of it. */
import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { CASA_DO_MONTE, HARBOUR_HOUSE } from '../../simulator/example-estate.ts';
import type { DoorSet } from '../../workflows/domain/property.ts';
import { PlayedStay } from '../support/played-stay.ts';
import { type SeamFixture, startSeam } from '../support/seam-fixture.ts';
import { aProperty, aReservation } from '../support/stays.ts';
import { until } from '../support/until.ts';

const HOUR = 3_600_000;
const NONE: DoorSet = { entrances: [], devices: [], spaces: [], spaceKeys: [] };
const VILLA = { ...NONE, spaces: [CASA_DO_MONTE.spaceId] };

let fixture: SeamFixture;
beforeEach(async () => {
  fixture = await startSeam();
});
afterEach(() => fixture.seam.stop());

/** Booked, issued and told. */
async function aToldStay(doors: DoorSet): Promise<PlayedStay> {
  const property = aProperty({ units: { '101': { doors, modes: null } } });
  const now = Date.now();
  const stay = await PlayedStay.book({
    reservation: aReservation({ startsAt: now + HOUR, endsAt: now + 24 * HOUR }),
    property,
    now,
    access: fixture.access,
  });
  await until('told', async () => {
    await look(stay);
    return toGuests(stay).length === 2;
  });
  return stay;
}

let events = 0;
function look(stay: PlayedStay, eventType = 'access_method.reissued'): Promise<void> {
  events += 1;
  const accessGrantIds = stay.state.accesses.flatMap(({ accessGrantId }) => accessGrantId ?? []);
  return stay.tell({
    kind: 'seam',
    event: { eventId: `e${events}`, eventType, occurredAt: stay.now, accessGrantIds, accessMethodId: null, doorId: null },
  });
}

const toGuests = ({ sent }: PlayedStay): readonly string[] =>
  sent.filter(({ notice }) => notice.kind !== 'staff_alert').map(({ channel, notice }) => `${channel} ${notice.kind}`);
const doorsTold = ({ sent }: PlayedStay): readonly string[] | undefined =>
  sent.findLast(({ facts }) => facts !== null)?.facts?.rooms.flatMap(({ doors }) => doors.map(({ name }) => name));
const CHANGED = ['email access_changed', 'sms access_changed'];

test('a backup code is told in place of the first one, once per channel', async () => {
  const stay = await aToldStay({ ...NONE, entrances: [HARBOUR_HOUSE.roomDoorIds['101']] });
  const { accessMethodId = '' } = stay.state.accesses[0]?.reading?.methods[0] ?? {};
  fixture.seam.knobs.pullBackupCode(accessMethodId);
  await look(stay);
  await look(stay);
  assert.deepEqual(toGuests(stay).slice(2), CHANGED);
  assert.equal(stay.view.access[0]?.methods[0]?.isBackupCode, true);
});

test("a door that joins a unit's space is the unit's and is told, one that leaves it is told too, and neither is an incident", async () => {
  const stay = await aToldStay(VILLA);
  assert.deepEqual(doorsTold(stay), ['Villa door', 'Garden gate']);
  const devices = [CASA_DO_MONTE.keypadId, CASA_DO_MONTE.gateId];
  fixture.seam.knobs.rearrange({ spaceId: CASA_DO_MONTE.spaceId, entranceIds: [HARBOUR_HOUSE.streetDoorId], deviceIds: devices });
  await look(stay, 'space.device_membership_changed');
  assert.deepEqual([doorsTold(stay), toGuests(stay).slice(2)], [['Street door', 'Villa door', 'Garden gate'], CHANGED]);
  fixture.seam.knobs.rearrange({ spaceId: CASA_DO_MONTE.spaceId, entranceIds: [], deviceIds: devices.slice(0, 1) });
  await look(stay, 'space.device_membership_changed');
  assert.deepEqual([doorsTold(stay), toGuests(stay).slice(4), stay.view.readiness], [['Villa door'], CHANGED, 'ready']);
});

test('what Seam shows to be wrong with a lock or its system reaches staff in words, and clears by itself', async () => {
  const stay = await aToldStay({ ...VILLA, entrances: [HARBOUR_HOUSE.streetDoorId] });
  const ailments = {
    [CASA_DO_MONTE.keypadId]: 'low_battery',
    [CASA_DO_MONTE.gateId]: 'time_zone_mismatch',
    [HARBOUR_HOUSE.systemId]: 'acs_system_disconnected',
  } as const;
  fixture.seam.knobs.set({ ailments });
  await look(stay, 'device.low_battery');
  const text = stay.view.reasons.map((reason) => reason.text).join('\n');
  for (const said of [/Villa door .* has a low battery/, /Garden gate .* another time zone/, /Street door .* belongs to an access system/])
    assert.match(text, said);
  assert.equal(stay.view.readiness, 'at_risk');
  fixture.seam.knobs.set({ ailments: {}, offlineDoors: [CASA_DO_MONTE.gateId] });
  await look(stay, 'device.disconnected');
  assert.match(stay.view.reasons.map((reason) => reason.text).join('\n'), /^Garden gate .* is offline/);
  fixture.seam.knobs.set({ offlineDoors: [] });
  await look(stay, 'device.connected');
  assert.deepEqual([stay.view.readiness, stay.view.reasons, toGuests(stay).length], ['ready', [], 2]);
});
