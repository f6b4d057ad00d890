/** Access methods as Seam shows them: how far each has come, its fingerprint, and the doors that it opens. */
import type { Method, MethodState } from '../../../workflows/domain/access.ts';
import type { Fingerprints } from '../../fingerprint.ts';
import type { SeamCalls } from './calls.ts';
import { cardNotes, waitsForDesk } from './desk.ts';
import { DOORS, doorIds } from './doors.ts';
import { toldKey } from './instant-keys.ts';
import { accessCodes, doorBatch, type SeamDoors, type SeamGrant, type SeamInstantKey, type SeamMethod } from './schemas.ts';

const UPDATING = 'updating_access_times';

/** What the reader of a grant brings along. */
export interface MethodReader {
  readonly seam: SeamCalls;
  readonly fingerprints: Fingerprints;
  readonly fingerprintKeyId: string | null;
}

/**
 * A change of times makes a method unissued for a while and then issues it again; until then it is `updating` even where it still reads
 * as issued, for what the lock knows is the old times. `grant` tells of that too, sometimes sooner.
 */
export function stateOf({ method, grant }: { readonly method: SeamMethod; readonly grant: SeamGrant | null }): MethodState {
  if (hasWarning(method, 'being_deleted')) return 'revoked';
  const desk = waitsForDesk(method);
  if (hasWarning(method, UPDATING) || method.pending_mutations.some((one) => one.mutation_code === UPDATING)) return desk ?? 'updating';
  if (method.is_issued) return 'issued';
  // A card that nobody has fetched by the start counts as not issued in time, too.
  if (desk !== null) return desk;
  if (method.errors.some((error) => error.error_code === 'failed_to_issue')) return 'failed';
  return typeof method.issued_at === 'string' || isListedAsUpdating(method, grant) ? 'updating' : 'pending';
}

interface Told {
  readonly method: SeamMethod;
  readonly grant: SeamGrant | null;
  /** The Instant Key that is told of a mobile key; null: the one that it was born with. */
  readonly key: SeamInstantKey | null;
}

/** The secret of a method, or null where it has none or must not be told: before it is issued Seam may show another code. */
export function secretOf({ method, grant, key }: Told): string | null {
  return stateOf({ method, grant }) === 'issued' ? (method.code ?? key?.instant_key_url ?? method.instant_key_url ?? null) : null;
}

/** One call per method that opens something, for an answer for several would not say which door belongs to which. */
export async function readMethod({
  method,
  grant,
  reader,
}: {
  method: SeamMethod;
  grant: SeamGrant;
  reader: MethodReader;
}): Promise<Method> {
  const { access_method_id: accessMethodId, mode } = method;
  const state = stateOf({ method, grant });
  const [related, key] = opensDoors(state)
    ? await Promise.all([relatedOf({ method, seam: reader.seam }), keyOf({ method, grant, seam: reader.seam })])
    : [null, null];
  const secret = secretOf({ method, grant, key });
  return {
    accessMethodId,
    mode,
    state,
    isBackupCode: hasWarning(method, 'pulled_backup_access_code'),
    fingerprint: secret === null ? null : reader.fingerprints.of({ secret, keyId: reader.fingerprintKeyId }),
    doors: related === null ? [] : doorIds(related),
    expiresAt: key?.expires_at ?? null,
    ...cardNotes(method),
    ...(state === 'issued' && (await outlivesRevocation({ method, devices: related?.devices ?? [], seam: reader.seam }))
      ? { outlivesRevocation: true }
      : {}),
  };
}

/**
 * Of an issued card Seam does not say whether it was encoded or only assigned, so each counts as encoded. Whether a code is an offline one
 * is asked only where a lock of it takes such codes. Of a mobile key Seam does not say whether its phone is within reach.
 */
async function outlivesRevocation({
  method,
  devices,
  seam,
}: {
  method: SeamMethod;
  devices: SeamDoors['devices'];
  seam: SeamCalls;
}): Promise<boolean> {
  if (method.mode !== 'code') return method.mode === 'card';
  if (!devices.some((device) => device.can_program_offline_access_codes === true)) return false;
  const { access_method_id } = method;
  const codes = await seam.find({ answer: accessCodes, send: (api) => api.accessCodes.list({ access_method_id }) });
  return codes?.some((code) => code.is_offline_access_code === true) ?? false;
}

const opensDoors = (state: MethodState): boolean => state !== 'pending' && state !== 'failed' && state !== 'revoked';

const hasWarning = (method: SeamMethod, code: string): boolean => method.warnings.some((warning) => warning.warning_code === code);

function isListedAsUpdating(method: SeamMethod, grant: SeamGrant | null): boolean {
  const changes = [...(grant?.warnings ?? []), ...(grant?.pending_mutations ?? [])];
  return changes.some((change) => change.access_method_ids.includes(method.access_method_id));
}

function relatedOf({ method, seam }: { readonly method: SeamMethod; readonly seam: SeamCalls }) {
  return seam.find({
    answer: doorBatch,
    send: (api) => api.accessMethods.getRelated({ access_method_ids: [method.access_method_id], include: [...DOORS] }),
  });
}

async function keyOf({ method, grant, seam }: { method: SeamMethod; grant: SeamGrant; seam: SeamCalls }): Promise<SeamInstantKey | null> {
  if (method.mode !== 'mobile_key' || !grant.user_identity_id) return null;
  return toldKey({ seam, identityId: grant.user_identity_id, method, startsAt: grant.starts_at });
}
