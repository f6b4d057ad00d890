/**
 * Locks that joined a space of the unit after the codes were made, or left it: the first get a code with the digits that the guest has, from
 * the others it is taken, for they may be another guest's by now.
 */
import type { LowLevelAccess } from '../../../workflows/domain/low-level.ts';
import type { SeamCalls } from '../seam/calls.ts';
import { isSeamFailure } from '../seam/errors.ts';
import { devicesOf, type NamedSpace } from '../seam/named-spaces.ts';
import { deleteUnlessGone } from '../seam/revocation.ts';
import { assertRoom } from './code-memory.ts';
import { codeById, codesOnLocks, createCode, locksById } from './codes.ts';
import type { AccessCode } from './schemas.ts';
import { stateOf } from './state.ts';

interface Moved {
  readonly seam: SeamCalls;
  readonly access: LowLevelAccess;
  readonly spaces: readonly NamedSpace[];
  /** Of the codes. */
  readonly name: string;
  readonly known: readonly AccessCode[];
}

/** As they are, where the access is on its way out, a space of the unit is not to be found, or nothing of it is left. */
export async function followLocks({ known, ...of }: Moved): Promise<readonly AccessCode[]> {
  const { access, spaces } = of;
  const { spaces: ids, spaceKeys } = access.doors;
  const locks = devicesOf({ doors: access.doors, spaces });
  const isLeaving = known.length === 0 || known.some((code) => stateOf(code) === 'revoked');
  if (isLeaving || locks.length === 0 || spaces.length < ids.length + spaceKeys.length) return known;
  const left = known.filter(({ device_id }) => !locks.includes(device_id));
  const joined = locks.filter((id) => known.every(({ device_id }) => device_id !== id));
  if (joined.length === 0 && left.length === 0) return known;
  const made = joined.length === 0 ? [] : await codesOn({ ...of, known, ids: joined });
  const kept = await Promise.all(left.map((code) => takeBack({ seam: of.seam, code })));
  return [...known.filter((code) => !left.includes(code)), ...kept.filter((code) => code !== null), ...made];
}

/** null once it is gone. */
async function takeBack({ seam, code: { access_code_id } }: { seam: SeamCalls; code: AccessCode }): Promise<AccessCode | null> {
  await deleteUnlessGone({ seam, send: (api) => api.accessCodes.delete({ access_code_id }) });
  return codeById({ seam, id: access_code_id });
}

async function codesOn({ seam, access, name, known, ids }: Moved & { readonly ids: readonly string[] }): Promise<readonly AccessCode[]> {
  const [present, locks] = await Promise.all([codesOnLocks({ seam, deviceIds: ids }), locksById({ seam, ids })]);
  const digits = known.find(({ code }) => typeof code === 'string')?.code ?? null;
  const made = await Promise.all(
    locks.map(async (lock) => {
      const codes = present.filter((code) => code.device_id === lock.device_id);
      const own = codes.find((code) => code.name === name && stateOf(code) !== 'revoked');
      return own ?? codeFor({ seam, access, name, lock, codes, digits });
    }),
  );
  return made.filter((code) => code !== null);
}

interface Wanted extends Pick<Moved, 'seam' | 'access' | 'name'> {
  readonly lock: Parameters<typeof createCode>[0]['lock'];
  readonly codes: readonly AccessCode[];
  readonly digits: string | null;
}

/** null where the lock takes none: its door then shows as one without a key. */
async function codeFor({ codes, digits: code, ...wanted }: Wanted): Promise<AccessCode | null> {
  try {
    await assertRoom({ ...wanted, codes, window: wanted.access.asked });
    return await createCode({ ...wanted, code });
  } catch (error) {
    if (isSeamFailure(error, 'ModeImpossible') || isSeamFailure(error, 'SeamRejected')) return null;
    throw error;
  }
}
