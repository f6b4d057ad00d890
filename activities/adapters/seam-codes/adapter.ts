/**
 * Access to doors through the codes of single locks (Seam API: Access Codes), for houses that want each lock's codes in their own hand.
 * Failures as those of `createSeamAdapter`.
 */
import { z } from 'zod';
import type { LowLevelAccess } from '../../../workflows/domain/low-level.ts';
import type { LowLevelPort } from '../../access-by-provider.ts';
import type { CodeChoice } from '../../code-choice.ts';
import { failure } from '../../failures.ts';
import type { Fingerprints } from '../../fingerprint.ts';
import type { GrantRequest, Revoked } from '../../ports.ts';
import { timesOf } from '../seam/asked-times.ts';
import { connectToSeam, type SeamCalls, type SeamConnection } from '../seam/calls.ts';
import { codeRulesOf } from '../seam/code-rules.ts';
import { isSeamFailure } from '../seam/errors.ts';
import { devicesOf, type NamedSpace, namedSpaces } from '../seam/named-spaces.ts';
import { deleteUnlessGone } from '../seam/revocation.ts';
import { assertRoom } from './code-memory.ts';
import { codeById, codeNow, codesOnLocks, createCode, locksById, withBackup } from './codes.ts';
import { followLocks } from './moved-locks.ts';
import { readingOf } from './reading.ts';
import type { AccessCode } from './schemas.ts';
import { stateOf } from './state.ts';

interface Dependencies extends SeamConnection {
  readonly fingerprints: Fingerprints;
  readonly codes: CodeChoice;
}

export function createCodesAdapter({ fingerprints, codes: choice, ...connection }: Dependencies): LowLevelPort {
  const connect = connectToSeam(connection);
  return {
    async grant({ lowLevel: access, ...request }, signal) {
      const seam = connect(signal);
      const spaces = await namedSpaces({ seam, doors: access.doors });
      const codes = await findOrCreateCodes({ seam, access, spaces, request, choice });
      return readingOf({ seam, fingerprints, fingerprintKeyId: null, access, spaces, codes });
    },
    changeWindow: ({ lowLevel: access }, signal) => moveTimes({ seam: connect(signal), access }),
    async read({ lowLevel: access, grantKey, fingerprintKeyId }, signal) {
      const seam = connect(signal);
      const [known, spaces] = await Promise.all([codesById({ seam, ids: access.known }), namedSpaces({ seam, doors: access.doors })]);
      const codes = await followLocks({ seam, access, spaces, name: grantKey, known });
      return readingOf({ seam, fingerprints, fingerprintKeyId, access, spaces, codes });
    },
    revoke: ({ lowLevel: access, grantKey }, signal) => revokeCodes({ seam: connect(signal), access, name: grantKey }),
    async secret({ accessMethodId: id, fingerprintKeyId: keyId }, signal) {
      const seam = connect(signal);
      const found = await codeById({ seam, id });
      if (found === null) return { secret: null, issued: false, fingerprint: null };
      const secret = await codeNow({ seam, code: found });
      return { secret, issued: secret !== null, fingerprint: secret === null ? null : fingerprints.of({ secret, keyId }) };
    },
  };
}

interface CodeChange {
  readonly access_code_id: string;
  readonly starts_at?: string;
  readonly ends_at: string;
}

interface Making {
  readonly seam: SeamCalls;
  readonly access: LowLevelAccess;
  readonly spaces: readonly NamedSpace[];
  readonly request: GrantRequest;
  readonly choice: CodeChoice;
}

/** @throws SeamRejected where the unit has no lock, SeamNotFound where Seam does not know one, ModeImpossible where one is full */
async function findOrCreateCodes({
  seam,
  access,
  spaces,
  request: { grantKey: name, codeWish: wish },
  choice,
}: Making): Promise<readonly AccessCode[]> {
  const deviceIds = devicesOf({ doors: access.doors, spaces });
  if (deviceIds.length === 0) throw failure({ type: 'SeamRejected', code: 'unit_has_no_lock' });
  const [present, locks] = await Promise.all([codesOnLocks({ seam, deviceIds }), locksById({ seam, ids: deviceIds })]);
  const wanted = wish === undefined ? null : choice.choose({ wish, rules: codeRulesOf({ acs_entrances: [], devices: [...locks] }) });
  const wanting = deviceIds.map((id) => {
    const lock = locks.find((one) => one.device_id === id);
    if (lock === undefined) throw failure({ type: 'SeamNotFound', code: 'device_not_found' });
    const onLock = present.filter((code) => code.device_id === id);
    return { lock, onLock, found: onLock.find((code) => code.name === name && stateOf(code) !== 'revoked') };
  });
  for (const { lock, onLock, found } of wanting)
    if (found === undefined) await assertRoom({ seam, lock, codes: onLock, window: access.asked });
  const codes: AccessCode[] = [];
  // One after the other: the digits of the first are asked of the others, so that the guest has one code for all doors.
  for (const { lock, found } of wanting) {
    const code = codes.find((other) => typeof other.code === 'string')?.code ?? wanted;
    codes.push(found ?? (await createCode({ seam, name, access, lock, code })));
  }
  return codes;
}

async function codesById({ seam, ids }: { readonly seam: SeamCalls; readonly ids: readonly string[] }): Promise<readonly AccessCode[]> {
  const found = await Promise.all(ids.map((id) => codeById({ seam, id })));
  return found.filter((code) => code !== null);
}

/**
 * Of each code and, first, of what stands in for it: that is on the lock since before, so only its end moves. What vanished meanwhile is
 * for the next read to say.
 */
async function moveTimes({ seam, access }: Pick<Making, 'seam' | 'access'>): Promise<void> {
  const { starts_at, ends_at } = timesOf(access.asked);
  for (const found of await codesById({ seam, ids: access.known })) {
    const { code, backup } = await withBackup({ seam, code: found });
    if (backup !== null) await moveCode({ seam, change: { access_code_id: backup.access_code_id, ends_at } });
    await moveCode({ seam, change: { access_code_id: code.access_code_id, starts_at, ends_at } });
  }
}

async function moveCode({ seam, change }: { readonly seam: SeamCalls; readonly change: CodeChange }): Promise<void> {
  try {
    await seam.write({ answer: z.unknown(), send: (api) => api.accessCodes.update(change) });
  } catch (error) {
    if (!isSeamFailure(error, 'SeamNotFound')) throw error;
  }
}

/**
 * Deletes each code and whatever stands in for it, also those whose creation was never answered; gone once none can be read (rule 9). Those
 * that no reading showed are named first: once a code is gone nothing leads to the one that stood in for it.
 */
async function revokeCodes({ seam, access, name }: Pick<Making, 'seam' | 'access'> & { readonly name: string }): Promise<Revoked> {
  const deviceIds = devicesOf({ doors: access.doors, spaces: await namedSpaces({ seam, doors: access.doors }) });
  const [known, onLocks] = await Promise.all([codesById({ seam, ids: access.known }), codesOnLocks({ seam, deviceIds })]);
  const named = onLocks.filter((code) => code.name === name);
  const living = new Map([...known, ...named].map((code) => [code.access_code_id, code]));
  const backups = await codesById({ seam, ids: [...living.values()].flatMap((code) => code.pulled_backup_access_code_id ?? []) });
  const all = [...living.values(), ...backups];
  const learnt = all.map((code) => code.access_code_id).filter((id) => !access.known.includes(id));
  if (learnt.length > 0) return { gone: false, learnt: { accessGrantId: null, accessMethodIds: learnt } };
  const due = all.filter((code) => stateOf(code) !== 'revoked');
  await Promise.all(due.map(({ access_code_id }) => deleteUnlessGone({ seam, send: (api) => api.accessCodes.delete({ access_code_id }) })));
  const left = await codesById({ seam, ids: access.known });
  return { gone: left.length === 0 };
}
