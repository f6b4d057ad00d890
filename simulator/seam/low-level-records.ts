/** What the simulator remembers of its low-level APIs: users and credentials of access systems, and codes of single locks. */
import type { Mode } from './records.ts';

export interface AcsUser {
  readonly seq: number;
  readonly id: string;
  readonly createdAt: number;
  readonly systemId: string;
  readonly identityId: string | null;
  readonly groupIds: string[];
  fullName: string;
  email: string | null;
  phone: string | null;
  schedule: { readonly startsAt: number; readonly endsAt: number | null } | null;
  beingDeleted: boolean;
}

export interface AcsCredential {
  readonly seq: number;
  readonly id: string;
  readonly createdAt: number;
  readonly systemId: string;
  readonly mode: Mode;
  readonly entranceIds: readonly string[];
  readonly isMultiPhoneSync: boolean;
  readonly startsAt: number;
  /** null: it was taken from its user. */
  userId: string | null;
  endsAt: number | null;
  wantedCode: string | null;
  code: string | null;
  cardNumber: string | null;
  issuedAt: number | null;
  /** Cards whose times have changed since they were encoded. */
  needsEncoding: boolean;
  beingDeleted: boolean;
}

export interface AccessCode {
  readonly seq: number;
  readonly id: string;
  readonly createdAt: number;
  readonly deviceId: string;
  readonly commonKey: string | null;
  readonly isBackup: boolean;
  readonly usesPool: boolean;
  name: string | null;
  code: string;
  startsAt: number | null;
  endsAt: number | null;
  status: 'setting' | 'set' | 'removing';
  /** The change that the lock has not taken over yet. */
  pending: 'creating' | 'updating_time_frame' | 'updating_code' | null;
  failed: boolean;
  backupId: string | null;
}
