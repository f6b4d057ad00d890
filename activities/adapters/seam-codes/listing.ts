/**
 * The codes of locks that bear a name, whoever gave it. Seam lists the codes of one lock, or those of known ids, but not all of a workspace
 * (OpenAPI 1.1038.0, `/access_codes/list`).
 */
import { z } from 'zod';
import { leftBehind, markedId } from '../../../workflows/domain/low-level.ts';
import { NO_DOORS } from '../../../workflows/domain/property.ts';
import type { ListedGrant } from '../../../workflows/domain/sweep-plan.ts';
import { sideBySide } from '../../side-by-side.ts';
import type { DoorPlace, GrantAtDoor, GrantListPort } from '../../upkeep-ports.ts';
import { connectToSeam, type SeamCalls, type SeamConnection } from '../seam/calls.ts';
import { isSeamFailure } from '../seam/errors.ts';
import { spaceById } from '../seam/named-spaces.ts';
import { device } from '../seam/schemas.ts';
import { codeById } from './codes.ts';
import { type AccessCode, accessCode } from './schemas.ts';
import { stateOf } from './state.ts';

/** Locks in one page: each costs a call. */
const PAGE = 50;
const AT_ONCE = 4;

const lockPage = z.tuple([z.array(device.pick({ device_id: true })), z.object({ nextPageCursor: z.string().nullable() })]);

/** Its cursor leads from lock to lock, so that codes on locks that left the configuration are found, too. */
export function createCodeList(connection: SeamConnection): GrantListPort {
  const connect = connectToSeam(connection);
  return {
    async page({ cursor }, signal) {
      const seam = connect(signal);
      const [locks, { nextPageCursor: next }] = await seam.read({
        answer: lockPage,
        send: (api) => {
          const paginator = api.createPaginator(api.devices.list({ limit: PAGE }));
          type Cursor = Parameters<typeof paginator.nextPage>[0];
          // Seam's cursor, as it gave it to an earlier attempt: the client's brand does not survive a history.
          return cursor === null ? paginator.firstPage() : paginator.nextPage(cursor as Cursor);
        },
      });
      const work = ({ device_id }: (typeof locks)[number]) => codesOn({ seam, lockId: device_id });
      return { grants: (await sideBySide({ items: locks, width: AT_ONCE, signal, work })).flat().flatMap(listedCode), next };
    },
    async listed(codeIds, signal) {
      const seam = connect(signal);
      const codes = await seam.find({
        answer: z.array(accessCode.pick({ access_code_id: true })),
        send: (api) => api.accessCodes.list({ access_code_ids: [...codeIds] }),
      });
      const listed = new Set(codes?.map((code) => code.access_code_id));
      // Before a running stay has to look: an answer about many may leave out what is there.
      for (const id of codeIds) if (!listed.has(id) && (await codeById({ seam, id })) !== null) listed.add(id);
      return listed;
    },
    async doors(codeId, signal) {
      const code = await codeById({ seam: connect(signal), id: codeId });
      return { ...NO_DOORS, devices: code === null ? [] : [code.device_id] };
    },
  };
}

/** The named codes of a lock, or of the locks of a space. */
export async function codesAt({ seam, place }: { readonly seam: SeamCalls; readonly place: DoorPlace }): Promise<readonly GrantAtDoor[]> {
  const lockIds = await locksAt({ seam, place });
  const codes = await Promise.all(lockIds.map((lockId) => codesOn({ seam, lockId })));
  return codes
    .flat()
    .flatMap(({ access_code_id: id, name: grantKey, starts_at, ends_at }) =>
      grantKey
        ? [{ accessGrantId: markedId({ provider: 'access_codes', id }), grantKey, startsAt: starts_at ?? 0, endsAt: ends_at ?? null }]
        : [],
    );
}

async function locksAt({ seam, place }: { readonly seam: SeamCalls; readonly place: DoorPlace }): Promise<readonly string[]> {
  if ('device_id' in place) return [place.device_id];
  if (!('space_id' in place)) return [];
  const space = await spaceById({ seam, id: place.space_id });
  return space?.doors.devices.map(({ device_id }) => device_id) ?? [];
}

/** None on a device that takes no codes, or that Seam does not know. */
async function codesOn({ seam, lockId: device_id }: { readonly seam: SeamCalls; readonly lockId: string }): Promise<readonly AccessCode[]> {
  try {
    return await seam.read({ answer: z.array(accessCode), send: (api) => api.accessCodes.list({ device_id }) });
  } catch (error) {
    if (isSeamFailure(error, 'SeamNotFound') || isSeamFailure(error, 'SeamRejected')) return [];
    throw error;
  }
}

function listedCode(code: AccessCode): readonly ListedGrant[] {
  const { access_code_id: id, name: grantKey, ends_at, pulled_backup_access_code_id: backupId } = code;
  if (!grantKey) return [];
  const known = [id, ...(backupId ? [backupId] : [])];
  return [
    {
      accessGrantId: markedId({ provider: 'access_codes', id }),
      grantKey,
      endsAt: ends_at ?? null,
      accessMethodIds: [id],
      isBeingDeleted: stateOf(code) === 'revoked',
      lowLevel: leftBehind({ by: { provider: 'access_codes' }, userIdentityKey: grantKey, known, isLast: false }),
    },
  ];
}
