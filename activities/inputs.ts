/** What the activities are asked, as it stands in the history (encrypted): no code, no link, no token. */

import type { AccessReading } from '../workflows/domain/access.ts';
import type { Deed } from '../workflows/domain/errand.ts';
import type { LowLevelAccess } from '../workflows/domain/low-level.ts';
import type { Notice, Recipient, Sender } from '../workflows/domain/notice.ts';
import type { OccupancyQuestion, Residue } from '../workflows/domain/occupancy.ts';
import type { Channel, Provision } from '../workflows/domain/property.ts';
import type { GrantRequest, ReadRequest, WindowRequest } from './ports.ts';

export interface GrantInput extends GrantRequest {
  readonly occupancy: OccupancyQuestion;
}

export interface GrantResult {
  readonly reading: AccessReading;
  /** The stay that this one replaces under another number, by workflow id; null for an ordinary one. */
  readonly rebooks: string | null;
  /** With `overlap: warn`: the key of the stay that has the unit, too. */
  readonly sharesWith: string | null;
  /** The workflows of later booked stays that are kept out from now on; absent in most. */
  readonly keepsOut?: readonly string[];
  /** What other stays left behind in the unit; absent in most. */
  readonly residues?: readonly Residue[];
}

export interface ChangeWindowInput extends WindowRequest {
  readonly occupancy: OccupancyQuestion;
}

export interface SendErrandInput {
  readonly deed: Deed;
  readonly provider: Provision['provider'];
  /** Of a card to be assigned by a low-level provider. */
  readonly lowLevel?: LowLevelAccess;
  /** Milliseconds since the epoch; null: whenever it can be done. */
  readonly deadline: number | null;
}

export interface FollowErrandInput {
  readonly actionAttemptId: string;
  /** Milliseconds. */
  readonly lookFor: number;
}

export interface SendInput {
  readonly workflowId: string;
  readonly messageId: string;
  readonly guestId: string;
  readonly channel: Channel;
  readonly recipient: Recipient;
  readonly sender: Sender;
  readonly notice: Notice;
  /** The grants to read before anything is said; empty where the message claims no access. */
  readonly proof: readonly ReadRequest[];
  /** Asked again before a guest is told of access; null for every other message. */
  readonly occupancy: OccupancyQuestion | null;
  readonly smsCountries: readonly string[];
  /** The property whose hourly limit holds; null: none does, for a person asked for it, or it goes to staff. */
  readonly limitedBy: string | null;
  /** Milliseconds since the epoch: an earlier try may have gone out since then. */
  readonly lookUpSince: number | null;
}

/** `outdated`: the proof did not show what the message says, and nothing was sent. */
export type SendResult =
  | { readonly outcome: 'sent'; readonly providerId: string; readonly residues?: readonly Residue[] }
  | { readonly outcome: 'outdated' };
