/** Notices to put into words, complete but for what a test is about. */
import type { Facts, Notice, Recipient, RoomFact, Sender } from '../../workflows/domain/notice.ts';

/** 1 December 15:00 to 4 December 11:30 in UTC and in Lisbon. */
export const WINDOW = { startsAt: Date.UTC(2026, 11, 1, 15), endsAt: Date.UTC(2026, 11, 4, 11, 30) };

/** Room 101 with one front door and one code, `482913` under the key `method-1`. */
export function aRoom(change: Partial<RoomFact> = {}): RoomFact {
  return {
    grantKey: 'latchkey:bars:R1/1/g1/0',
    roomId: '1',
    unitId: '101',
    window: WINDOW,
    doors: [{ id: 'front', kind: 'entrance', name: 'Front door' }],
    keys: [{ accessMethodId: 'method-1', mode: 'code', fingerprint: 'k1.aa', doors: ['front'] }],
    ...change,
  };
}

export const facts = (...rooms: readonly RoomFact[]): Facts => ({ rooms });
export const ready = (...rooms: readonly RoomFact[]): Notice => ({ kind: 'access_ready', facts: facts(...rooms), content: 'code' });
export const changed = (before: RoomFact, now: RoomFact): Notice => ({
  kind: 'access_changed',
  facts: facts(now),
  before: facts(before),
  content: 'code',
});

export const SECRETS: ReadonlyMap<string, string> = new Map([
  ['method-1', '482913'],
  ['method-2', '7351'],
  ['method-3', 'https://ik.seam.example/abc?x=1&y=2'],
]);

export const aRecipient = (change: Partial<Recipient> = {}): Recipient => ({
  name: 'Ada Lovelace',
  address: 'ada@example.com',
  language: 'en',
  ...change,
});

export const aSender = (change: Partial<Sender> = {}): Sender => ({
  propertyName: 'Harbour House',
  timeZone: 'Europe/Lisbon',
  from: null,
  replyTo: null,
  helpLine: '+351 911 000 000',
  ...change,
});

/** One of each kind, as a guest or the staff gets it. */
export const EVERY_NOTICE: readonly Notice[] = [
  ready(aRoom()),
  { kind: 'access_ready', facts: facts(aRoom()), content: 'pass' },
  changed(aRoom(), aRoom({ keys: [{ accessMethodId: 'method-2', mode: 'code', fingerprint: 'k1.bb', doors: ['front'] }] })),
  { kind: 'access_changed', facts: facts(), before: facts(aRoom()), content: 'code' },
  { kind: 'access_pending', startsAt: WINDOW.startsAt, unitIds: ['101'] },
  { kind: 'access_ended', endedAt: WINDOW.startsAt, unitIds: ['101', '102'] },
  { kind: 'contact_changed', unitIds: ['101'] },
  {
    kind: 'staff_alert',
    reservationKey: 'bars:R-1042',
    startsAt: WINDOW.startsAt,
    causes: [{ code: 'nobody_reachable', text: 'No guest can be told: add an e-mail address or a phone number.' }],
  },
];
