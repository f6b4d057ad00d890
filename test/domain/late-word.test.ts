import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Player } from '../model/player.ts';
import { aProperty, aReservation } from '../support/stays.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const T0 = Date.UTC(2026, 10, 22, 12);

test('that access is late is said once; where it never arrived, a resend says it again', () => {
  const property = aProperty({ messages: { channels: ['sms'] } });
  const player = new Player({ reservation: aReservation({ startsAt: T0 - HOUR, endsAt: T0 + 48 * HOUR }), property, now: T0 });
  player.seam.manners = { ...player.seam.manners, issues: 'late' };
  player.finish();
  const late = () => player.post.letters.filter(({ kind }) => kind === 'access_pending');
  const settle = () => {
    player.advance(player.now + 10 * MINUTE);
    player.finish();
  };
  settle();
  settle();
  assert.equal(late().length, 1);
  for (const { messageId, providerId } of late())
    player.tell({ kind: 'receipt', receipt: { messageId, sid: providerId, status: 'undelivered', errorCode: '30006' } });
  for (const letter of late()) letter.isLost = true;
  settle();
  assert.equal(late().length, 1);
  player.order({ action: 'resend', idempotencyKey: 'again', by: 'desk', reason: null });
  settle();
  assert.equal(late().length, 2);
});
