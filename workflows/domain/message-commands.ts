/** The messages to send now, numbered: those under way again and those that have become due, to guests and to staff. */

import { stayWindow } from './access-window.ts';
import type { Command, SendCommand } from './command.ts';
import { guestWindow, roomsOf } from './delay.ts';
import { type Delivery, planDeliveries } from './delivery-plan.ts';
import { causeOf, type Finding } from './finding.ts';
import { findings } from './findings.ts';
import { reservationKeyText } from './ids.ts';
import { lineKey, lineOfKey, STAFF } from './line.ts';
import type { Facts, Notice, NoticeKind } from './notice.ts';
import { isUntrue } from './overtaken.ts';
import { addressOf } from './reach.ts';
import type { Guest, Instant, Room } from './reservation.ts';
import type { ReservationState } from './state.ts';

type Unnumbered = Omit<SendCommand, 'lane' | 'key' | 'messageId' | 'kind' | 'lookUpSince'>;

export function planMessages({ state, now }: { state: ReservationState; now: Instant }): readonly Command[] {
  const due = planDeliveries({ state, now }).filter((delivery) => delivery.dueAt <= now);
  const fresh = [...due.map((delivery) => fromDelivery(state, delivery)), ...alerts({ state, now })];
  const numbered = fresh.map((message, i) => number({ message, messageId: `m${state.sequence + 1 + i}`, lookUpSince: null }));
  return [...underWay({ state, now }), ...numbered];
}

const number = ({
  message,
  messageId,
  lookUpSince,
}: {
  message: Unnumbered;
  messageId: string;
  lookUpSince: Instant | null;
}): SendCommand => ({
  kind: 'send',
  lane: messageId,
  key: messageId,
  messageId,
  lookUpSince,
  ...message,
});

function fromDelivery(state: ReservationState, { guest, channel, address, kind, facts, before }: Delivery): Unnumbered {
  return { guestId: guest.id, channel, address, facts, causes: [], notice: noticeOf({ state, guest, kind, facts, before }) };
}

function noticeOf({
  state,
  guest,
  kind,
  facts,
  before,
}: {
  state: ReservationState;
  guest: Guest;
  kind: NoticeKind;
  facts: Facts | null;
  before: Facts | null;
}): Notice {
  const { content } = state.property.messages;
  const rooms = facts ?? { rooms: [] };
  switch (kind) {
    case 'access_ready':
      return { kind, facts: rooms, content };
    case 'access_changed':
      return { kind, facts: rooms, before: before ?? { rooms: [] }, content };
    case 'access_ended':
      return { kind, endedAt: Math.min(...endings(state, rooms)), unitIds: rooms.rooms.map((room) => room.unitId) };
    case 'access_pending':
      return { kind, startsAt: guestWindow({ state, guest }).startsAt, unitIds: unitsOf(roomsOf({ state, guest })) };
    case 'contact_changed':
    case 'staff_alert':
      return { kind: 'contact_changed', unitIds: unitsOf(state.reservation.rooms) };
  }
}

const unitsOf = (rooms: readonly Room[]): readonly string[] => rooms.flatMap(({ unitId }) => unitId ?? []);

const endings = (state: ReservationState, told: Facts): readonly Instant[] =>
  told.rooms.map((room) => state.accesses.find((access) => access.grantKey === room.grantKey)?.ending?.since ?? room.window.endsAt);

/** What was begun is finished: the same message with the same id, however long a channel was down, unless it was overtaken. */
function underWay({ state, now }: { state: ReservationState; now: Instant }): readonly SendCommand[] {
  return Object.entries(state.lines).flatMap(([key, { sending }]) => {
    const { guestId, channel } = lineOfKey(key);
    if (sending === null || (state.operator.isHeld && guestId !== STAFF) || isUntrue({ state, key, sending, now })) return [];
    const message = { guestId, channel, address: sending.address, facts: sending.facts, causes: [], notice: sending.notice };
    return [number({ message, messageId: sending.messageId, lookUpSince: sending.since })];
  });
}

/** One alert for all causes that staff has not heard of, on each of their channels; none there while one is under way. */
function alerts({ state, now }: { state: ReservationState; now: Instant }): readonly Unnumbered[] {
  const due = findings({ state, now }).filter((finding) => finding.alertAt !== null && finding.alertAt <= now);
  return (['email', 'sms'] as const).flatMap((channel) => {
    const address = addressOf({ guest: { ...NOBODY, ...state.property.staff }, channel });
    const line = state.lines[lineKey({ guestId: STAFF, channel })];
    const causes = due.filter((finding) => !state.alerted.includes(`${channel} ${causeOf(finding)}`));
    if (address === null || causes.length === 0 || (line !== undefined && line.sending !== null)) return [];
    return [{ guestId: STAFF, channel, address, facts: null, causes: causes.map(causeOf), notice: alertOf(state, causes) }];
  });
}

const NOBODY = { id: STAFF, name: '', language: null, roomIds: [] } as const;

function alertOf(state: ReservationState, causes: readonly Finding[]): Notice {
  const { startsAt } = stayWindow(state);
  return {
    kind: 'staff_alert',
    reservationKey: reservationKeyText(state.key),
    startsAt,
    causes: causes.map(({ code, text }) => ({ code, text })),
  };
}
