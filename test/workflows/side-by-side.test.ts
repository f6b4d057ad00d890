/** What one decision starts side by side knows of each other: rooms of one guest share one person in an access system. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LowLevelAccess } from '../../workflows/domain/low-level.ts';
import { provisionOf } from '../../workflows/domain/property.ts';
import { aProperty, aReservation, iso } from '../support/stays.ts';
import { useWorkflowWorld } from '../support/workflow-world.ts';

const DAY = 86_400_000;
const world = useWorkflowWorld();

const acs = { systemId: 's1', credentialManagerSystemId: null, accessGroups: [], multiPhoneSync: false };
const property = aProperty({ access: { provision: { ...provisionOf(aProperty().access), provider: 'acs', acs } } });
const guests = [{ id: 'g1', name: 'Ada', email: 'ada@guests.example', phone: null, language: 'en', roomIds: ['1', '2'] }];
const room = (id: string, arrival: number, departure: number) => ({
  id,
  unitId: `10${id}`,
  arrival: iso(arrival),
  departure: iso(departure),
});

test('rooms of a guest that end together each take the guest’s user along, whichever of them is done first', async () => {
  const w = await world();
  const now = await w.now();
  const ends: (LowLevelAccess | undefined)[] = [];
  const revoke = w.seam.revoke.bind(w.seam);
  w.seam.revoke = async (request) => {
    ends.push(request.lowLevel);
    return revoke(request);
  };
  const [startsAt, endsAt] = [now + DAY, now + 3 * DAY];
  const rooms = [room('1', startsAt, endsAt), room('2', startsAt, endsAt)];
  const handle = await w.put({ id: 'together', reservation: aReservation({ startsAt, endsAt, rooms, guests }), property });
  await handle.result();
  assert.deepEqual(
    ends.map((end) => end?.isLast),
    [true, true],
  );
});
