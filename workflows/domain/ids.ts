/** The names under which a reservation is known to Temporal and Seam. They hold no name, mail or phone: ids of guests and rooms are hashed. */

import type { Action } from '../messages.ts';
import type { DoorSet } from './property.ts';
import type { ReservationKey } from './reservation.ts';

export const workflowIdOf = ({
  deployment,
  source,
  reservationId,
}: {
  deployment: string;
  source: string;
  reservationId: string;
}): string => `${deployment}:${source}:${reservationId}`;

/** The way back; null for a stranger's. Neither part can hold a colon. */
export function addressOfWorkflowId({ workflowId, deployment }: { workflowId: string; deployment: string }): Address | null {
  const [prefix, source, reservationId, ...rest] = workflowId.split(':');
  return prefix === deployment && source && reservationId && rest.length === 0 ? { source, reservationId } : null;
}

type Address = Pick<ReservationKey, 'source' | 'reservationId'>;

export const reservationKeyText = ({ source, reservationId }: { source: string; reservationId: string }): string =>
  `${source}:${reservationId}`;

/** Idempotency handle of one grant, and the way back from a Seam event to its workflow. A new generation is a new grant. */
export const grantKeyOf = (of: { workflowId: string; roomId: string; guestId: string; generation: number }): string =>
  `${of.workflowId}#${hash(`${of.roomId}\u0000${of.guestId}`)}.${of.generation}`;

/**
 * Groups the grants of one stay on systems that know reservations: its guests join one another, and whoever comes under another key takes
 * the door over. Other doors are another key, for Seam fixes the doors of one with its first grant.
 */
export const reservationKeyFor = ({ workflowId, doors }: { workflowId: string; doors: DoorSet }): string =>
  `${workflowId}#r${hash(JSON.stringify([doors.entrances, doors.devices, doors.spaces, doors.spaceKeys].map((ids) => ids.toSorted())))}`;

/** Seam's identity of a guest within one reservation (rule 6). */
export const userIdentityKeyOf = (of: { workflowId: string; guestId: string }): string => `${of.workflowId}#${hash(of.guestId)}`;

/** The workflow that a grant key of this deployment belongs to; null for a stranger's. */
export function workflowIdOfGrantKey({ grantKey, deployment }: { grantKey: string; deployment: string }): string | null {
  const end = grantKey.lastIndexOf('#');
  return end > 0 && grantKey.startsWith(`${deployment}:`) ? grantKey.slice(0, end) : null;
}

/** Of an order, without its key and who gave it: tells whether a repeated key asks for the same. */
export function orderDigest({ idempotencyKey: _key, by: _by, reason: _reason, askedAt: _askedAt, ...order }: Action): string {
  return hash(JSON.stringify(order));
}

/** FNV-1a over UTF-16 units in two lanes, 64 bits together: names, not security. */
export function hash(text: string): string {
  let low = 0x811c9dc5;
  let high = 0x01000193;
  for (let i = 0; i < text.length; i += 1) {
    low = Math.imul(low ^ text.charCodeAt(i), 0x01000193);
    high = Math.imul(high ^ (text.charCodeAt(i) + i), 0x85ebca6b);
  }
  return (low >>> 0).toString(36).padStart(7, '0') + (high >>> 0).toString(36).padStart(7, '0');
}
