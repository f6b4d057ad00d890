/** One read of an access that consists of credentials: what each has come to, and the doors that it opens (rule 1). */
import { z } from 'zod';
import type { AccessReading, Method } from '../../../workflows/domain/access.ts';
import type { LowLevelAccess } from '../../../workflows/domain/low-level.ts';
import type { Fingerprints } from '../../fingerprint.ts';
import { windowOf } from '../seam/asked-times.ts';
import type { SeamCalls } from '../seam/calls.ts';
import { doorsOf } from '../seam/doors.ts';
import { devicesOf, entrancesOf, type NamedSpace, spacesRead } from '../seam/named-spaces.ts';
import { entrance, type SeamSystem, system } from '../seam/schemas.ts';
import { type Entrance, entrancesOfCredential } from './credentials.ts';
import type { AcsCredential } from './schemas.ts';
import { secretOf, stateOf } from './state.ts';

interface Read {
  readonly seam: SeamCalls;
  readonly fingerprints: Fingerprints;
  readonly fingerprintKeyId: string | null;
  readonly access: LowLevelAccess;
  readonly spaces: readonly NamedSpace[];
  readonly credentials: readonly AcsCredential[];
}

type Problem = AccessReading['problems'][number];

/** One call per credential, and one for doors that none of them opens. */
export async function readingOf({ seam, fingerprints, fingerprintKeyId, access, spaces, credentials }: Read): Promise<AccessReading> {
  const read = await Promise.all(
    credentials.map(async (credential) => ({
      credential,
      entrances: await entrancesOfCredential({ seam, id: credential.acs_credential_id }),
    })),
  );
  const opened = read.flatMap(({ entrances }) => entrances);
  const unopened = entrancesOf({ doors: access.doors, spaces }).filter((id) => !opened.some((one) => one.acs_entrance_id === id));
  const [closed, systems] = await Promise.all([entrancesById({ seam, ids: unopened }), systemsOf({ seam, access })]);
  const each = new Map([...opened, ...closed].map((one) => [one.acs_entrance_id, one]));
  const states = credentials.map(stateOf);
  return {
    found: credentials.length > 0,
    beingDeleted: states.length > 0 && states.every((state) => state === 'revoked'),
    accessGrantId: null,
    window: windowOf({ all: credentials.map((credential) => asLent({ credential, access })), asked: access.asked }),
    doors: doorsOf({ acs_entrances: [...each.values()], devices: [], systems }),
    spaces: spacesRead(spaces),
    methods: read.map((of) => methodOf({ ...of, fingerprints, fingerprintKeyId })),
    problems: [...closed.map(unopenedProblem), ...devicesOf({ doors: access.doors, spaces }).map(deviceProblem)],
  };
}

/** A card of the house worked before it was the guest's. */
function asLent({ credential, access: { lent = [], asked } }: { credential: AcsCredential; access: LowLevelAccess }): AcsCredential {
  const isEarlier = lent.includes(credential.acs_credential_id) && (credential.starts_at ?? 0) <= asked.startsAt;
  return isEarlier ? { ...credential, starts_at: asked.startsAt } : credential;
}

async function entrancesById({ seam, ids }: { seam: SeamCalls; ids: readonly string[] }): Promise<readonly Entrance[]> {
  if (ids.length === 0) return [];
  return seam.read({ answer: z.array(entrance), send: (api) => api.acs.entrances.list({ acs_entrance_ids: [...ids] }) });
}

/** How the system fares: what it cannot do, none of its entrances can. */
async function systemsOf({ seam, access: { by } }: Pick<Read, 'seam' | 'access'>): Promise<readonly SeamSystem[]> {
  if (by.provider !== 'acs') return [];
  const found = await seam.find({ answer: system, send: (api) => api.acs.systems.get({ acs_system_id: by.acs.systemId }) });
  return found === null ? [] : [found];
}

const unopenedProblem = ({ acs_entrance_id: id, display_name }: Entrance): Problem => ({
  code: 'not_in_credential',
  doorId: id,
  text: `${display_name ?? id} is not opened by the credential`,
});

const deviceProblem = (id: string): Problem => ({
  code: 'not_an_entrance',
  doorId: id,
  text: `${id} hangs on no access system, and provider acs opens entrances only`,
});

interface ReadCredential extends Pick<Read, 'fingerprints' | 'fingerprintKeyId'> {
  readonly credential: AcsCredential;
  readonly entrances: readonly Entrance[];
}

function methodOf({ credential, entrances, fingerprints, fingerprintKeyId: keyId }: ReadCredential): Method {
  const state = stateOf(credential);
  const secret = secretOf(credential);
  const isOpening = state !== 'pending' && state !== 'failed' && state !== 'revoked';
  return {
    accessMethodId: credential.acs_credential_id,
    mode: credential.access_method,
    state,
    isBackupCode: false,
    fingerprint: secret === null ? null : fingerprints.of({ secret, keyId }),
    doors: isOpening ? entrances.map((one) => one.acs_entrance_id) : [],
    expiresAt: null,
    // No lock hears that an encoded card was deleted in Seam.
    ...(credential.access_method === 'card' && state === 'issued' ? { outlivesRevocation: true } : {}),
  };
}
