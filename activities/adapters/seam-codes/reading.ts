/** One read of an access that consists of codes: what each lock has come to (rule 1: nothing but the locks of the unit is ever asked for). */
import type { AccessReading, Method } from '../../../workflows/domain/access.ts';
import type { LowLevelAccess } from '../../../workflows/domain/low-level.ts';
import type { Fingerprints } from '../../fingerprint.ts';
import { type Timed, windowOf } from '../seam/asked-times.ts';
import type { SeamCalls } from '../seam/calls.ts';
import { doorsOf } from '../seam/doors.ts';
import { devicesOf, entrancesOf, type NamedSpace, spacesRead } from '../seam/named-spaces.ts';
import { codeById, locksById, pullBackup, type Standing, withBackup } from './codes.ts';
import type { AccessCode, Lock } from './schemas.ts';
import { secretOf, stateOf } from './state.ts';

interface Read {
  readonly seam: SeamCalls;
  readonly fingerprints: Fingerprints;
  readonly fingerprintKeyId: string | null;
  readonly access: LowLevelAccess;
  readonly spaces: readonly NamedSpace[];
  readonly codes: readonly AccessCode[];
}

/** One call for the locks, and one per code that another stands in for. */
export async function readingOf({ seam, fingerprints, fingerprintKeyId, access, spaces, codes }: Read): Promise<AccessReading> {
  const deviceIds = [...new Set([...devicesOf({ doors: access.doors, spaces }), ...codes.map((code) => code.device_id)])];
  const locks = await locksById({ seam, ids: deviceIds });
  const standing = await Promise.all(codes.map((code) => standingOf({ seam, code, locks })));
  const states = standing.map(({ code }) => stateOf(code));
  return {
    found: codes.length > 0,
    beingDeleted: states.length > 0 && states.every((state) => state === 'revoked'),
    accessGrantId: null,
    window: windowOf({ all: standing.map(timedOf), asked: access.asked }),
    doors: doorsOf({ acs_entrances: [], devices: locks, systems: [] }),
    spaces: spacesRead(spaces),
    methods: standing.map((of) => methodOf({ ...of, fingerprints, fingerprintKeyId })),
    problems: [
      ...entrancesOf({ doors: access.doors, spaces }).map((id) => ({
        code: 'not_a_lock',
        doorId: id,
        text: `${id} belongs to an access system, and provider access_codes opens single locks only`,
      })),
      ...codes.flatMap(({ device_id: doorId, errors }) => errors.map(({ error_code }) => problemAt({ doorId, code: error_code }))),
    ],
  };
}

/** The one that stands in is on the lock since before: what counts of it is its end. */
const timedOf = ({ code, backup }: Standing): Timed => (backup === null ? code : { ...code, ends_at: backup.ends_at });

const problemAt = ({ doorId, code }: { readonly doorId: string; readonly code: string }): AccessReading['problems'][number] => {
  const word = /^\w{1,64}$/.test(code) ? code : 'unknown';
  return { code: word, doorId, text: `The code on ${doorId} has a problem that Seam calls ${word}` };
};

async function standingOf({ seam, code, locks }: { seam: SeamCalls; code: AccessCode; locks: readonly Lock[] }): Promise<Standing> {
  const hasPool = locks.find((lock) => lock.device_id === code.device_id)?.properties?.supports_backup_access_code_pool === true;
  if (typeof code.pulled_backup_access_code_id !== 'string' && stateOf(code) === 'failed' && hasPool) {
    const { access_code_id: id } = code;
    const pulled = (await pullBackup({ seam, id })) ? await codeById({ seam, id }) : null;
    if (pulled !== null) return withBackup({ seam, code: pulled });
  }
  return withBackup({ seam, code });
}

interface Shown extends Standing, Pick<Read, 'fingerprints' | 'fingerprintKeyId'> {}

function methodOf({ code, backup, fingerprints, fingerprintKeyId: keyId }: Shown): Method {
  const shown = backup ?? code;
  const state = stateOf(shown);
  const secret = secretOf(shown);
  return {
    accessMethodId: code.access_code_id,
    mode: 'code',
    state,
    isBackupCode: backup !== null,
    fingerprint: secret === null ? null : fingerprints.of({ secret, keyId }),
    doors: state === 'issued' || state === 'updating' ? [code.device_id] : [],
    expiresAt: null,
    // An offline lock computes its codes, and hears of nothing.
    ...(shown.is_offline_access_code === true && state === 'issued' ? { outlivesRevocation: true } : {}),
  };
}
