/**
 * What the simulator remembers: plain JSON, so that a snapshot is the whole truth. Times are milliseconds since the epoch.
 * `seq` grows with every record and orders lists and their cursors.
 */
export const MODES = ['code', 'card', 'mobile_key', 'cloud_key'] as const;
export type Mode = (typeof MODES)[number];

export interface Identity {
  readonly seq: number;
  readonly id: string;
  readonly createdAt: number;
  key: string | null;
  email: string | null;
  phone: string | null;
  fullName: string | null;
  beingDeleted: boolean;
}

export interface RequestedMethod {
  readonly mode: Mode;
  readonly createdAt: number;
  readonly code: string | null;
  readonly maxUses: number | null;
  readonly methodIds: string[];
}

export interface Grant {
  readonly seq: number;
  readonly id: string;
  readonly createdAt: number;
  readonly key: string | null;
  readonly identityId: string;
  /** How the pages behind its keys look; null, and in snapshots of old absent: as the workspace has it. */
  readonly profileId?: string | null;
  readonly reservationKey: string | null;
  /** As asked for; the doors of the spaces come on top (`doorsOfGrant`). */
  readonly entranceIds: readonly string[];
  readonly deviceIds: readonly string[];
  readonly spaceIds: readonly string[];
  readonly requested: RequestedMethod[];
  name: string | null;
  startsAt: number;
  /** null: open end. */
  endsAt: number | null;
  /** The times before the last change, while its methods are still being reissued. */
  timesBefore: { readonly startsAt: number; readonly endsAt: number | null } | null;
  /** Entrances for which `access_granted_to_door` went out, and whether the one for all doors did. */
  readonly grantedEntranceIds: string[];
  grantedToAll: boolean;
  /** Modes that no door of the grant can do. */
  readonly impossibleModes: Mode[];
  beingDeleted: boolean;
}

export interface Method {
  readonly seq: number;
  readonly id: string;
  readonly createdAt: number;
  readonly grantId: string;
  readonly mode: Mode;
  entranceIds: readonly string[];
  deviceIds: readonly string[];
  readonly wantedCode: string | null;
  readonly instantKeyId: string | null;
  /** Kept here as well: the method outlives its key's record. */
  readonly instantKeyUrl: string | null;
  readonly sessionToken: string | null;
  code: string | null;
  isBackupCode: boolean;
  issuedAt: number | null;
  /** It was issued once, so the next time is `reissued`. */
  wasIssued: boolean;
  updatingTimes: boolean;
  /** Cards only: an encoder may write it now. */
  readyForEncoding: boolean;
  delayed: boolean;
  failed: boolean;
  beingDeleted: boolean;
}

export interface InstantKey {
  readonly seq: number;
  readonly id: string;
  readonly url: string;
  readonly identityId: string;
  readonly profileId?: string | null;
  readonly sessionId: string;
  readonly createdAt: number;
  readonly expiresAt: number;
}

export interface ClientSession {
  readonly seq: number;
  readonly id: string;
  readonly token: string;
  readonly identityId: string | null;
  readonly identifierKey: string | null;
  readonly createdAt: number;
  readonly expiresAt: number;
}

export interface ActionAttempt {
  readonly seq: number;
  readonly id: string;
  readonly type:
    | 'UNLOCK_DOOR'
    | 'ENCODE_CREDENTIAL'
    | 'ASSIGN_CREDENTIAL'
    | 'SCAN_CREDENTIAL'
    | 'CREATE_ACCESS_CODE'
    | 'UPDATE_ACCESS_CODE'
    | 'DELETE_ACCESS_CODE';
  readonly doorId: string | null;
  readonly methodId: string | null;
  /** A credential of an access system that is encoded by itself, without a grant. */
  readonly credentialId?: string;
  status: 'pending' | 'success' | 'error';
  result: object | null;
  error: { readonly type: string; readonly message: string } | null;
}

export interface Webhook {
  readonly seq: number;
  readonly id: string;
  readonly url: string;
  readonly eventTypes: readonly string[];
  readonly secret: string;
}

export interface Space {
  readonly seq: number;
  readonly id: string;
  readonly createdAt: number;
  readonly key: string | null;
  name: string;
  entranceIds: readonly string[];
  deviceIds: readonly string[];
}

export interface ConnectWebview {
  readonly seq: number;
  readonly id: string;
  readonly createdAt: number;
  readonly customerKey: string | null;
  readonly category: string | null;
}

/** One event as `/events/list` shows it and a webhook carries it. */
export interface SeamEvent {
  readonly event_id: string;
  readonly event_type: string;
  readonly workspace_id: string;
  readonly created_at: string;
  readonly occurred_at: string;
  readonly [field: string]: unknown;
}
