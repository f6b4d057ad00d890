import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessByProvider, type LowLevelPort } from '../../activities/access-by-provider.ts';
import type { AccessPort } from '../../activities/ports.ts';
import type { Window } from '../../workflows/domain/access.ts';
import { applyAttempt } from '../../workflows/domain/apply-errand.ts';
import { addErrand } from '../../workflows/domain/errand.ts';
import { errandOf } from '../../workflows/domain/errand-order.ts';
import { handlesOf } from '../../workflows/domain/low-level.ts';
import { type Provision, provisionOf } from '../../workflows/domain/property.ts';
import { activityInput } from '../../workflows/inputs.ts';
import { PlayedStay } from '../support/played-stay.ts';
import { aProperty, aReservation, iso } from '../support/stays.ts';

const NOW = Date.parse('2026-12-01T12:00:00Z');
const HOUR = 3_600_000;
const times = { startsAt: NOW + 48 * HOUR, endsAt: NOW + 96 * HOUR };
const acs = { systemId: 's1', credentialManagerSystemId: null, accessGroups: [], multiPhoneSync: false };
const provision = { ...provisionOf(aProperty().access), provider: 'acs', acs } as const satisfies Provision;
const house = aProperty({ access: { provision } });

const book = async (property = house): Promise<PlayedStay> => {
  const stay = await PlayedStay.book({ reservation: aReservation(times), property, now: NOW });
  await stay.settle();
  return stay;
};

test('a credential whose start has to move is replaced by another one, told first; its end moves in place', async () => {
  const stay = await book();
  await stay.change(aReservation({ ...times, endsAt: times.endsAt + HOUR, version: 2 }));
  assert.equal(stay.state.accesses.length, 1);
  assert.ok(stay.seam.log.some((line) => line.startsWith('changeWindow')));
  await stay.change(aReservation({ ...times, startsAt: times.startsAt + HOUR, version: 3 }));
  const [old, successor] = stay.state.accesses;
  assert.deepEqual([old?.generation, successor?.generation, successor?.asked.startsAt], [1, 2, times.startsAt + HOUR]);
  assert.notEqual(old?.readBackAt, null);
  const grants = stay.seam.log.filter((line) => /^(?:grant|revoke) /.test(line)).map((line) => line.split(' ')[0]);
  assert.deepEqual(grants, ['grant', 'grant', 'revoke']);
});

test('a guest of several rooms is let in from the first start to the last end of all, whichever room sets the times last', async () => {
  const stay = await PlayedStay.book({ reservation: aReservation(times), property: house, now: NOW });
  const ends: (number | undefined)[] = [];
  const { grant, changeWindow } = { grant: stay.seam.grant.bind(stay.seam), changeWindow: stay.seam.changeWindow.bind(stay.seam) };
  const note = (span: Window | undefined) => ends.push(span?.startsAt === times.startsAt ? span.endsAt : undefined);
  stay.seam.grant = (request) => {
    note(request.lowLevel?.span);
    return grant(request);
  };
  stay.seam.changeWindow = (request) => {
    note(request.lowLevel?.span);
    return changeWindow(request);
  };
  const move = times.startsAt + 24 * HOUR;
  const split = (version: number, { first, last }: { first: number; last: number }) => {
    const one = { id: '1', unitId: '101', arrival: iso(times.startsAt), departure: iso(first) };
    const two = { id: '2', unitId: '102', arrival: iso(move), departure: iso(last) };
    const guests = aReservation(times).guests.map((guest) => ({ ...guest, roomIds: ['1', '2'] }));
    return stay.change(aReservation({ startsAt: times.startsAt, endsAt: last, version, guests, rooms: [one, two] }));
  };
  await split(2, { first: move, last: times.endsAt });
  assert.deepEqual(ends.splice(0), [times.endsAt, times.endsAt]);
  await split(3, { first: move + HOUR, last: times.endsAt + HOUR });
  assert.deepEqual(ends, [times.endsAt + HOUR, times.endsAt + HOUR]);
});

test('an access stays with what made it, whatever the configuration says later', async () => {
  const stay = await book();
  await stay.change(aReservation({ ...times, version: 2 }), aProperty());
  assert.equal(stay.state.accesses.length, 1);
  const [access] = stay.state.accesses;
  assert.deepEqual(access?.lowLevel, { provider: 'acs', acs });
  const read = activityInput.read({ command: { kind: 'read', lane: '', key: '', grantKey: access?.grantKey ?? '' }, state: stay.state });
  assert.deepEqual([read.lowLevel?.by.provider, read.lowLevel?.known, read.lowLevel?.isLast], ['acs', ['grant-1-method'], true]);
});

test('requests to Access Grants carry nothing of other providers, and each request reaches the provider that made the access', async () => {
  const stay = await book(aProperty());
  const { state } = stay;
  const grantKey = state.accesses[0]?.grantKey ?? '';
  const read = { kind: 'read', lane: '', key: '', grantKey } as const;
  assert.deepEqual(Object.keys(activityInput.read({ command: read, state })), ['grantKey', 'fingerprintKeyId']);
  const asked: string[] = [];
  const port = (name: string): AccessPort & LowLevelPort => ({
    ...stay.seam,
    grant: () => Promise.reject(new Error('not asked')),
    changeWindow: () => Promise.reject(new Error('not asked')),
    renewKey: () => Promise.reject(new Error('not asked')),
    revoke: () => Promise.reject(new Error('not asked')),
    secret: () => Promise.reject(new Error('not asked')),
    read: async (request) => {
      asked.push(`${name} ${Object.keys(request).join()}`);
      return stay.seam.read({ grantKey, fingerprintKeyId: null });
    },
  });
  const access = accessByProvider({ grants: port('grants'), lowLevel: { acs: port('acs'), access_codes: port('access_codes') } });
  const calm = new AbortController().signal;
  await access.read(activityInput.read({ command: read, state }), calm);
  const other = await book();
  await access.read(
    activityInput.read({ command: { ...read, grantKey: other.state.accesses[0]?.grantKey ?? '' }, state: other.state }),
    calm,
  );
  assert.deepEqual(asked, ['grants grantKey,fingerprintKeyId', 'acs grantKey,fingerprintKeyId,lowLevel']);
});

test('an event reaches the access whose credential it names, or whose user, and no other', async () => {
  const stay = await book();
  const hear = async (eventType: string, accessMethodId: string | null): Promise<boolean> => {
    const before = stay.seam.log.length;
    const event = {
      eventId: `${eventType} ${accessMethodId}`,
      eventType,
      occurredAt: NOW,
      accessGrantIds: [],
      accessMethodId,
      doorId: null,
    };
    await stay.tell({ kind: 'seam', event });
    return stay.seam.log.slice(before).some((line) => line.startsWith('read'));
  };
  assert.equal(await hear('acs_credential.reissued', 'grant-1-method'), true);
  assert.equal(await hear('acs_credential.reissued', 'stranger'), false);
  assert.equal(await hear('acs_user.deleted', null), true);
  assert.deepEqual(stay.state.accesses.flatMap(handlesOf), ['acs:grant-1-method']);
});

test('a card of the house takes the place of the one that waits: known from then on, given back at the end; grants take no such order', async () => {
  const CARD = 'grant-1-method';
  const order = { action: 'assign-card', accessMethodId: CARD, cardNumber: '4711' } as const;
  const assign = async (provider: 'acs' | 'grants') => {
    const property = aProperty({ access: { modes: ['card'], provision: { ...provision, provider } } });
    const stay = await PlayedStay.book({ reservation: aReservation(times), property, now: NOW });
    stay.seam.cards = 'encoding_required';
    await stay.settle();
    const action = { ...order, idempotencyKey: 'k', by: 'desk', reason: null, askedAt: stay.now };
    return { stay, answer: errandOf({ state: stay.state, action, now: stay.now }) };
  };
  assert.match(JSON.stringify((await assign('grants')).answer), /to be written by an encoder/);
  const { stay, answer: errand } = await assign('acs');
  assert.ok(typeof errand === 'object');
  const asked = addErrand({ state: stay.state, errand });
  const command = { kind: 'sendErrand', lane: '', key: '', errandKey: 'k' } as const;
  assert.deepEqual(activityInput.sendErrand({ command, state: asked }).lowLevel?.known, [CARD]);
  const attempt = { actionAttemptId: 'card-of-the-house', state: 'confirmed', code: null, lent: 'card-of-the-house' } as const;
  const lent = applyAttempt({ state: asked, errandKey: 'k', attempt, now: NOW });
  const [access] = lent.accesses;
  assert.ok(access);
  assert.deepEqual([access.lent, handlesOf(access)], [['card-of-the-house'], ['acs:card-of-the-house']]);
  const revoke = activityInput.revoke({
    command: { kind: 'revoke', lane: '', key: '', grantKey: access.grantKey, why: 'over' },
    state: lent,
  });
  assert.deepEqual([revoke.lowLevel?.known, revoke.lowLevel?.lent], [['card-of-the-house'], ['card-of-the-house']]);
  assert.equal(JSON.stringify(lent).includes('4711'), false);
});
