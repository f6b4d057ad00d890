/** A message that nobody knows the fate of, and that is true no more (rule 12): whoever may hold it is told what is. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Failure } from '../../workflows/domain/failure-types.ts';
import { Player } from '../model/player.ts';
import { aProperty, aReservation } from '../support/stays.ts';

const HOUR = 3_600_000;
const T0 = Date.UTC(2026, 10, 22, 12);
const property = aProperty({ messages: { channels: ['email'] } });
const inUnit = ({ unitId, version }: { unitId: string; version: number }) =>
  aReservation({
    startsAt: T0 - HOUR,
    endsAt: T0 + 48 * HOUR,
    version,
    rooms: [{ id: '1', unitId, arrival: null, departure: null }],
    guests: [{ id: 'g1', name: 'Ada', email: 'ada@guests.example', phone: null, language: 'en', roomIds: ['1'] }],
  });

/** Told of one unit, moved to another, and the PMS takes that back while the word of it has failed so. */
function movedAndBack(failure: Failure): Player {
  const player = new Player({ reservation: inUnit({ unitId: '101', version: 1 }), property, now: T0 });
  player.finish();
  player.hear({ reservation: inUnit({ unitId: '102', version: 2 }), property });
  const [grant = ''] = player.errands.keys();
  player.progress({ lane: grant });
  player.progress({ lane: grant });
  failSending({ player, failure });
  player.hear({ reservation: inUnit({ unitId: '101', version: 3 }), property });
  player.finish();
  player.advance(T0 + HOUR);
  player.finish();
  return player;
}

function failSending({ player, failure }: { player: Player; failure: Failure }): void {
  const sending = [...player.errands.values()].find(({ command }) => command.kind === 'send' && command.guestId === 'g1');
  assert.ok(sending !== undefined);
  sending.answer = failure;
  player.progress({ lane: sending.command.lane });
}

const kinds = ({ post }: Player): string[] => post.letters.filter(({ guestId }) => guestId === 'g1').map(({ kind }) => kind);

test('who may have been told of a move by a mail whose answer never came is told when the move is taken back', () => {
  for (const type of ['MailUnanswered', 'Unexpected'] as const)
    assert.deepEqual(kinds(movedAndBack({ type, code: null, retryAfter: null })), ['access_ready', 'access_ready']);
});

test('who cannot have been told of it hears nothing: the server was not reached, or said no', () => {
  assert.deepEqual(kinds(movedAndBack({ type: 'MailUnavailable', code: '451', retryAfter: null })), ['access_ready']);
});

test('a guest who may have heard that access ended is told that it has not, also where the key looks the same', () => {
  const byPage = aProperty({ messages: { channels: ['email'] }, access: { modes: ['cloud_key'], cancelGrace: 0 } });
  const word = (status: 'confirmed' | 'cancelled', version: number) => ({
    reservation: { ...inUnit({ unitId: '101', version }), status },
    property: byPage,
  });
  const player = new Player({ ...word('confirmed', 1), now: T0 });
  player.finish();
  player.hear(word('cancelled', 2));
  const [revocation = ''] = [...player.errands].flatMap(([lane, { command }]) => (command.kind === 'revoke' ? [lane] : []));
  player.progress({ lane: revocation });
  player.progress({ lane: revocation });
  failSending({ player, failure: { type: 'MailUnanswered', code: null, retryAfter: null } });
  player.hear(word('confirmed', 3));
  player.finish();
  player.advance(T0 + HOUR);
  player.finish();
  assert.deepEqual(kinds(player), ['access_ready', 'access_ready']);
});
