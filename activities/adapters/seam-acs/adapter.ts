/**
 * Access to doors through the users and credentials of an access system (Seam API: ACS), for houses that need each credential in their
 * own hand. Failures as those of `createSeamAdapter`.
 */
import type { LowLevelAccess } from '../../../workflows/domain/low-level.ts';
import type { AcsSettings } from '../../../workflows/domain/property.ts';
import type { LowLevelPort } from '../../access-by-provider.ts';
import type { CodeChoice } from '../../code-choice.ts';
import { failure } from '../../failures.ts';
import type { Fingerprints } from '../../fingerprint.ts';
import { connectToSeam, type SeamConnection } from '../seam/calls.ts';
import { namedSpaces } from '../seam/named-spaces.ts';
import { credentialById } from './credentials.ts';
import { findOrCreateCredentials, knownCredentials, moveEnds } from './granting.ts';
import { readingOf } from './reading.ts';
import { revokeCredentials } from './revocation.ts';
import { secretOf, stateOf } from './state.ts';

interface Dependencies extends SeamConnection {
  readonly fingerprints: Fingerprints;
  readonly codes: CodeChoice;
}

export function createAcsAdapter({ fingerprints, codes, ...connection }: Dependencies): LowLevelPort {
  const connect = connectToSeam(connection);
  return {
    async grant({ lowLevel: access, ...request }, signal) {
      const seam = connect(signal);
      const { credentials, spaces } = await findOrCreateCredentials({ seam, acs: acsOf(access), access, request, codes });
      return readingOf({ seam, fingerprints, fingerprintKeyId: null, access, spaces, credentials });
    },
    changeWindow: ({ lowLevel: access }, signal) => moveEnds({ seam: connect(signal), acs: acsOf(access), access }),
    async read({ lowLevel: access, fingerprintKeyId }, signal) {
      const seam = connect(signal);
      const [credentials, spaces] = await Promise.all([knownCredentials({ seam, access }), namedSpaces({ seam, doors: access.doors })]);
      return readingOf({ seam, fingerprints, fingerprintKeyId, access, spaces, credentials });
    },
    revoke: async ({ lowLevel: access }, signal) => ({
      gone: await revokeCredentials({ seam: connect(signal), systemId: acsOf(access).systemId, access }),
    }),
    async secret({ accessMethodId: id, fingerprintKeyId: keyId }, signal) {
      const credential = await credentialById({ seam: connect(signal), id });
      if (credential === null) return { secret: null, issued: false, fingerprint: null };
      const secret = secretOf(credential);
      return { secret, issued: stateOf(credential) === 'issued', fingerprint: secret === null ? null : fingerprints.of({ secret, keyId }) };
    },
  };
}

/** Only what this provider made is brought here. */
function acsOf({ by }: LowLevelAccess): AcsSettings {
  if (by.provider !== 'acs') throw failure({ type: 'Unexpected', code: 'not_acs' });
  return by.acs;
}
