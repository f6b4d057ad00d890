/** An address that was told, was left and becomes the guest's again (rules 12 and 14): it holds what it was told, no more and no less. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Property } from '../../workflows/domain/property.ts';
import { Player } from '../model/player.ts';
import { hearEverything } from '../model/tidings.ts';
import { aProperty, aReservation } from '../support/stays.ts';

const HOUR = 3_600_000;
const T0 = Date.UTC(2026, 10, 22, 12);
const OLD = '+351910000001';
const NEW = '+351910000002';
const THIRD = '+351910000003';
const house = (of: Partial<Property['messages']>): Property => aProperty({ messages: { channels: ['sms'], contactChange: 'send', ...of } });
/** Farewells wait for the morning. */
const night = house({ quietHours: { from: 11 * 60, to: 16 * 60 } });

function told(property: Property): Player {
  const player = new Player({ reservation: withPhone({ phone: OLD, version: 1 }), property, now: T0 });
  player.finish();
  return player;
}

function toldOfDelay(property: Property): Player {
  const player = new Player({ reservation: withPhone({ phone: OLD, version: 1 }), property, now: T0 });
  player.seam.manners = { ...player.seam.manners, issues: 'late' };
  player.advance(T0 + HOUR);
  player.finish();
  return player;
}

function withPhone({ phone, version }: { phone: string; version: number }) {
  const guests = [{ id: 'g1', name: 'Ada', email: null, phone, language: 'en', roomIds: ['1'] }];
  return aReservation({ startsAt: T0 - HOUR, endsAt: T0 + 48 * HOUR, version, guests });
}

const say = ({ player, phone, version }: { player: Player; phone: string; version: number }): void =>
  player.hear({ reservation: withPhone({ phone, version }), property: player.heard.property });

const sendsTo = ({ player, phone }: { player: Player; phone: string }): boolean =>
  [...player.errands.values()].some(({ command }) => command.kind === 'send' && command.address === phone);

const toGuest = ({ post }: Player): string[] =>
  post.letters.filter(({ guestId }) => guestId === 'g1').map(({ address, kind }) => `${kind} ${address}`);

test('an address that comes back before it heard that it was left hears of the end of what it was told', () => {
  const player = told(house({}));
  say({ player, phone: NEW, version: 2 });
  say({ player, phone: OLD, version: 3 });
  player.order({ action: 'revoke', idempotencyKey: 'revoke', by: 'desk', reason: null });
  const [farewell = ''] = [...player.errands.keys()].filter((lane) => lane.startsWith('m'));
  player.progress({ lane: farewell, fault: { pick: 0, isDone: false } });
  player.finish();
  player.advance(T0 + HOUR);
  player.finish();
  assert.deepEqual(toGuest(player), [`access_ready ${OLD}`, `access_ended ${OLD}`]);
});

test('an address that comes back is not told the same again, but hears what only the other one was told', () => {
  const player = told(night);
  say({ player, phone: NEW, version: 2 });
  player.finish();
  say({ player, phone: OLD, version: 3 });
  player.finish();
  assert.deepEqual(toGuest(player), [`access_ready ${OLD}`, `access_ready ${NEW}`]);

  const changed = told(night);
  say({ player: changed, phone: NEW, version: 2 });
  changed.finish();
  for (const key of changed.seam.grants.keys()) changed.seam.recode(key);
  hearEverything(changed);
  changed.finish();
  say({ player: changed, phone: OLD, version: 3 });
  changed.finish();
  const codes = [`access_ready ${OLD}`, `access_ready ${NEW}`, `access_changed ${NEW}`, `access_changed ${OLD}`];
  assert.deepEqual(toGuest(changed), codes);
});

test('a word to the other address that arrives only after the first one came back changes nothing for that', () => {
  for (const contactChange of ['send', 'confirm'] as const) {
    const player = told(house({ quietHours: { from: 11 * 60, to: 16 * 60 }, contactChange }));
    say({ player, phone: NEW, version: 2 });
    if (contactChange === 'confirm') player.order({ action: 'resend', idempotencyKey: 'resend', by: 'desk', reason: null });
    say({ player, phone: OLD, version: 3 });
    player.finish();
    assert.deepEqual(toGuest(player), [`access_ready ${OLD}`, `access_ready ${NEW}`]);
    for (const key of player.seam.grants.keys()) player.seam.recode(key);
    hearEverything(player);
    player.finish();
    assert.equal(toGuest(player).at(-1), `access_changed ${OLD}`);
  }
});

test('an address that heard that access is late does not hear it again when it comes back', () => {
  const player = toldOfDelay(night);
  say({ player, phone: NEW, version: 2 });
  say({ player, phone: OLD, version: 3 });
  player.finish();
  assert.deepEqual(toGuest(player), [`access_pending ${OLD}`, `access_pending ${NEW}`]);
});

test('an address that heard of a delay alone is told the key when it comes back, also while a word to the other one is on its way', () => {
  const property = house({ quietHours: { from: 11 * 60, to: 16 * 60 }, contactChange: 'confirm' });
  const player = toldOfDelay(property);
  say({ player, phone: NEW, version: 2 });
  player.order({ action: 'resend', idempotencyKey: 'resend', by: 'desk', reason: null });
  player.seam.heal();
  hearEverything(player);
  while (!sendsTo({ player, phone: NEW })) for (const lane of [...player.errands.keys()]) player.progress({ lane });
  say({ player, phone: OLD, version: 3 });
  player.finish();
  assert.deepEqual(toGuest(player), [`access_pending ${OLD}`, `access_ready ${NEW}`, `access_ready ${OLD}`]);
});

test('an address that was left and is another guest’s of the booking now hears no farewell', () => {
  const player = told(night);
  say({ player, phone: NEW, version: 2 });
  const [guest, ...others] = withPhone({ phone: OLD, version: 3 }).guests;
  assert.ok(guest !== undefined);
  player.hear({ reservation: { ...withPhone({ phone: OLD, version: 3 }), guests: [{ ...guest, id: 'g2' }, ...others] }, property: night });
  player.finish();
  player.advance(T0 + 6 * HOUR);
  player.finish();
  assert.ok(player.post.letters.every(({ kind, address }) => kind !== 'contact_changed' || address !== OLD));
});

test('every address that was told and left while farewells waited for the morning hears it then', () => {
  const player = told(night);
  say({ player, phone: NEW, version: 2 });
  player.finish();
  say({ player, phone: THIRD, version: 3 });
  player.finish();
  player.advance(T0 + 6 * HOUR);
  player.finish();
  const farewells = toGuest(player).filter((word) => word.startsWith('contact_changed'));
  assert.deepEqual(farewells, [`contact_changed ${OLD}`, `contact_changed ${NEW}`]);
});
