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
  const sending = [...player.errands.values()].find(({ command }) => command.kind === 'send' && command.guestId === 'g1');
  assert.ok(sending !== undefined);
  sending.answer = failure;
  player.progress({ lane: sending.command.lane });
  player.hear({ reservation: inUnit({ unitId: '101', version: 3 }), property });
  player.finish();
  player.advance(T0 + HOUR);
  player.finish();
  return player;
}

const kinds = ({ post }: Player): string[] => post.letters.filter(({ guestId }) => guestId === 'g1').map(({ kind }) => kind);

test('who may have been told of a move by a mail whose answer never came is told when the move is taken back', () => {
  for (const code of ['ETIMEDOUT', null])
    assert.deepEqual(kinds(movedAndBack({ type: 'MailUnavailable', code, retryAfter: null })), ['access_ready', 'access_changed']);
});

test('who cannot have been told of it hears nothing: the server was not reached, or said no', () => {
  for (const code of ['unreachable', '451'])
    assert.deepEqual(kinds(movedAndBack({ type: 'MailUnavailable', code, retryAfter: null })), ['access_ready']);
});
