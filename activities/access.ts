/** Seam's side of a reservation: grants made, moved, read and taken back. Each may be repeated without harm. */
import type { AccessReading } from '../workflows/domain/access.ts';
import { failure } from './failures.ts';
import { whileBeating } from './heartbeat.ts';
import type { ChangeWindowInput, GrantInput, ReadInput, RevokeInput } from './inputs.ts';
import type { AccessPort } from './ports.ts';

export interface AccessDeps {
  readonly access: AccessPort;
}

export const createAccessActivities = ({ access }: AccessDeps) => ({
  grantAccess: (input: GrantInput): Promise<AccessReading> => whileBeating((signal) => access.grant(input, signal)),

  changeAccessWindow: (input: ChangeWindowInput): Promise<void> => whileBeating((signal) => access.changeWindow(input, signal)),

  readAccess: (input: ReadInput): Promise<AccessReading> => whileBeating((signal) => access.read(input, signal)),

  /** Ends only when a read-back has shown that nothing is left; until then it fails with `StillThere`. */
  revokeAccess: (input: RevokeInput): Promise<void> =>
    whileBeating(async (signal) => {
      const { gone } = await access.revoke(input, signal);
      if (!gone) throw failure({ type: 'StillThere' });
    }),
});
