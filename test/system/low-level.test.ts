/** Stays of the low-level providers on a real Temporal server, over the Seam simulator: only Schedules and timers tell them anything. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { z } from 'zod';
import { CASA_DO_MONTE, HARBOUR_HOUSE } from '../../simulator/example-estate.ts';
import { until } from '../support/until.ts';
import { openWebhooklessHouse, type WebhooklessHouse } from '../support/webhookless-house.ts';

const HOUR = 3_600_000;
const at = (hours: number): string => new Date(Math.round(Date.now() / 1_000) * 1_000 + hours * HOUR).toISOString();

let house: WebhooklessHouse;
let close: (() => Promise<void>) | undefined;
before(async () => {
  ({ house, close } = await openWebhooklessHouse());
});
after(() => close?.());

const view = async (reservationId: string) => {
  const found = await house.reservations.view({ source: 'pms', reservationId });
  assert.ok(found);
  return found;
};
const told = (unit: string, kind: string): number =>
  house.sent.filter(({ notice, workflowId }) => workflowId.endsWith(unit) && notice.kind === kind).length;
const ended = (reservationId: string) =>
  until(`${reservationId} ended`, async () => (await house.handle(reservationId).describe()).status.name === 'COMPLETED');

interface Course {
  readonly id: string;
  readonly propertyId: string;
  readonly unitId: string;
  /** The ends of what Seam holds for the stay; the digits stay there. */
  readonly ends: () => Promise<readonly (string | null | undefined)[]>;
}

/** One stay from its booking to the proof, by whichever provider. */
async function runs({ id, propertyId, unitId, ends }: Course): Promise<void> {
  const arrival = at(0);
  const fields = { propertyId, rooms: [{ id: '1', unitId }], arrival };
  house.workspace.simulator.knobs.set({ holdIssuance: true });
  await house.book(id, { ...fields, departure: at(24) });
  await until('made', async () => (await ends()).length > 0);
  assert.deepEqual([(await view(id)).readiness === 'ready', told(id, 'access_ready')], [false, 0]);
  house.workspace.simulator.knobs.set({ holdIssuance: false });
  await house.becomes(id, 'ready');
  await until('told', () => told(id, 'access_ready') === 1);
  const departure = at(48);
  await house.book(id, { ...fields, version: 2, departure });
  await until('extended', async () => (await ends()).every((end) => Date.parse(end ?? '') === Date.parse(departure)));
  await house.becomes(id, 'ready');
  await until('told of the change', () => told(id, 'access_changed') === 1);
  assert.equal(told(id, 'access_ready'), 1);
  await house.book(id, { ...fields, version: 3, departure, status: 'checked_out' });
  await ended(id);
  const { readiness, access } = await view(id);
  assert.deepEqual([readiness, await ends()], ['closed', []]);
  assert.ok(
    access.every(({ state, absenceVerifiedAt }) => state === 'revoked' && absenceVerifiedAt !== null),
    JSON.stringify(access),
  );
}

const villaCodes = async () => {
  const { seam } = house.workspace;
  return (
    await Promise.all([CASA_DO_MONTE.keypadId, CASA_DO_MONTE.gateId].map((device_id) => seam.accessCodes.list({ device_id })))
  ).flat();
};
const towerCredentials = () => house.workspace.seam.acs.credentials.list({ acs_system_id: HARBOUR_HOUSE.systemId });

test('a stay by access codes is booked, issued, told, extended and checked out, and no code is left on any lock', async () => {
  await runs({ id: 'V-1', propertyId: 'villa', unitId: 'villa', ends: async () => (await villaCodes()).map((code) => code.ends_at) });
});

test('a stay by an access system is booked, issued, told, extended and checked out, and neither credential nor user is left', async () => {
  await runs({ id: 'T-1', propertyId: 'tower', unitId: '102', ends: async () => (await towerCredentials()).map((one) => one.ends_at) });
  assert.deepEqual(await house.workspace.seam.acs.users.list({ acs_system_id: HARBOUR_HOUSE.systemId }), []);
});

test('what a closed stay of either left behind goes with the sweep; a sick lock is heard of by the stay whose code is on it', async () => {
  const { seam, simulator } = house.workspace;
  const times = { starts_at: at(0), ends_at: at(24) };
  const { user_identity_id } = await seam.userIdentities.create({ user_identity_key: 'house-1:pms:T-1#left', full_name: 'Ada Lovelace' });
  const { acs_user_id } = await seam.acs.users.create({
    acs_system_id: HARBOUR_HOUSE.systemId,
    user_identity_id,
    full_name: 'Ada Lovelace',
  });
  const allowed_acs_entrance_ids = [HARBOUR_HOUSE.roomDoorIds['102']];
  await seam.acs.credentials.create({ acs_user_id, access_method: 'code', allowed_acs_entrance_ids, ...times });
  await seam.accessCodes.create({ device_id: CASA_DO_MONTE.gateId, name: 'house-1:pms:V-1#left.9', ...times });
  await house.book('V-2', { propertyId: 'villa', rooms: [{ id: '1', unitId: 'villa' }], arrival: at(0), departure: at(24) });
  await house.becomes('V-2', 'ready');
  await until('the codes and the user to be gone', async () => {
    const { left } = z.object({ left: z.number() }).parse(await house.fire('sweep'));
    const names = (await villaCodes()).map((code) => code.name ?? '');
    const users = await seam.acs.users.list({ acs_system_id: HARBOUR_HOUSE.systemId });
    return left === 0 && users.length === 0 && names.length === 2 && names.every((name) => name.includes(':V-2#'));
  });
  simulator.knobs.set({ ailments: { [CASA_DO_MONTE.keypadId]: 'low_battery' } });
  await house.becomes('V-2', 'at_risk');
  simulator.knobs.set({ ailments: {} });
});

test('a lock that joins a space gets the code that its guests have and is told; one that leaves loses it, also the last one that they knew', async () => {
  const { seam } = house.workspace;
  const { spaceId: space_id, keypadId, gateId } = CASA_DO_MONTE;
  const codesOn = async (device_id: string) => (await seam.accessCodes.list({ device_id })).filter(({ name }) => name?.includes(':V-3#'));
  await house.book('V-2', {
    version: 2,
    propertyId: 'villa',
    rooms: [{ id: '1', unitId: 'villa' }],
    status: 'cancelled',
    arrival: at(0),
    departure: at(24),
  });
  await seam.spaces.update({ space_id, device_ids: [keypadId] });
  await house.book('V-3', { propertyId: 'villa', rooms: [{ id: '1', unitId: 'villa' }], arrival: at(0), departure: at(24) });
  await house.becomes('V-3', 'ready');
  const [first] = await codesOn(keypadId);
  const doorsBecome = (names: readonly string[]) =>
    until(`the doors are ${names.join()}`, async () => {
      await house.fire('catch-up');
      const { access, readiness } = await view('V-3');
      return (
        readiness === 'ready' &&
        access[0]?.doors
          .map(({ name }) => name)
          .toSorted()
          .join() === names.join()
      );
    });
  await seam.spaces.update({ space_id, device_ids: [keypadId, gateId] });
  await doorsBecome(['Garden gate', 'Villa door']);
  assert.equal((await codesOn(gateId))[0]?.code, first?.code);
  await until('told', () => told('V-3', 'access_changed') === 1);
  await seam.spaces.update({ space_id, device_ids: [gateId] });
  await doorsBecome(['Garden gate']);
  assert.deepEqual([(await codesOn(keypadId)).length, (await codesOn(gateId)).length], [0, 1]);
});

test('a card of the house is assigned by an order, opens the room, and is the house’s again after the check-out', async () => {
  const { seam, simulator } = house.workspace;
  simulator.knobs.set({ cardsBy: 'assignment' });
  const system = { acs_system_id: HARBOUR_HOUSE.systemId };
  const { acs_user_id } = await seam.acs.users.create({ ...system, full_name: 'Desk' });
  const wanted = { acs_user_id, access_method: 'card' as const, allowed_acs_entrance_ids: [HARBOUR_HOUSE.roomDoorIds['103']] };
  const { acs_credential_id } = await seam.acs.credentials.create({ ...wanted, starts_at: at(-24) });
  await seam.acs.encoders.encodeCredential({ acs_credential_id, acs_encoder_id: HARBOUR_HOUSE.encoderId });
  const card = () => seam.acs.credentials.get({ acs_credential_id });
  const cardNumber = await until('a number', async () => (await card()).card_number ?? null);
  await seam.acs.credentials.unassign({ acs_credential_id, acs_user_id });
  const stay = { propertyId: 'tower', rooms: [{ id: '1', unitId: '103' }], arrival: at(0), departure: at(24) };
  await house.book('T-3', stay);
  const method = async () => (await view('T-3')).access[0]?.methods[0];
  const waiting = await until('a card that waits', async () => {
    const now = await method();
    return now?.state === 'encoding_required' && now;
  });
  const order = { action: 'assign-card', accessMethodId: waiting.accessMethodId, by: 'desk', reason: null } as const;
  const assign = (number: string, idempotencyKey: string) =>
    house.reservations.act({ source: 'pms', reservationId: 'T-3', action: { ...order, cardNumber: number, idempotencyKey } });
  await assert.rejects(assign('0', 'wrong'), /The card system knows no card of this number/);
  assert.deepEqual(await assign(cardNumber, 'k'), { outcome: 'confirmed', actionAttemptId: acs_credential_id });
  await until('assigned', async () => {
    const now = await method();
    return now?.accessMethodId === acs_credential_id && now.state === 'issued';
  });
  assert.deepEqual(
    (await towerCredentials()).map((one) => one.acs_credential_id),
    [acs_credential_id],
  );
  assert.equal(Date.parse((await card()).ends_at ?? ''), Date.parse(stay.departure));
  await house.book('T-3', { ...stay, version: 2, status: 'checked_out' });
  await until('given back', async () => (await card()).acs_user_id === undefined);
  await until('proven', async () => (await view('T-3')).access[0]?.state === 'residual');
});
