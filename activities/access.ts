/** Seam's side of a reservation: grants made, moved, read and taken back. Each may be repeated without harm. */
import type { AccessReading } from '../workflows/domain/access.ts';
import { type OccupancyQuestion, rebookedOf } from '../workflows/domain/occupancy.ts';
import { failure } from './failures.ts';
import { whileBeating } from './heartbeat.ts';
import type { ChangeWindowInput, GrantInput, GrantResult } from './inputs.ts';
import { askNeighbours, type Neighbourhood, neighbourhoodOf } from './occupancy.ts';
import type { AccessPort, KeyRequest, NeighbourPort, ReadRequest, RevocationRequest } from './ports.ts';

export interface AccessDeps {
  readonly access: AccessPort;
  readonly neighbours: NeighbourPort;
}

export const createAccessActivities = ({ access, neighbours }: AccessDeps) => ({
  grantAccess: (input: GrantInput): Promise<GrantResult> =>
    whileBeating(async (signal) => {
      const question = input.occupancy;
      const found = await askNeighbours({ neighbours, question });
      const reading = await access.grant(input, signal);
      return {
        reading,
        rebooks: rebookedOf({ question, neighbours: found })?.workflowId ?? null,
        sharesWith: null,
        ...neighbourhoodOf({ question, neighbours: found }),
      };
    }),

  /** The workflow of the confirmed stay that replaces a cancelled one, or null. */
  findRebooking: (question: OccupancyQuestion): Promise<string | null> =>
    whileBeating(
      async () => rebookedOf({ question, neighbours: (await neighbours.find(question)).filter(({ isOut }) => !isOut) })?.workflowId ?? null,
    ),

  changeAccessWindow: (input: ChangeWindowInput): Promise<Neighbourhood> =>
    whileBeating(async (signal) => {
      const question = input.occupancy;
      const found = await askNeighbours({ neighbours, question });
      await access.changeWindow(input, signal);
      return neighbourhoodOf({ question, neighbours: found });
    }),

  /** Whether a unit into which a guest was let is another stay's by now. */
  askForUnit: (question: OccupancyQuestion): Promise<Neighbourhood> =>
    whileBeating(async () => neighbourhoodOf({ question, neighbours: await askNeighbours({ neighbours, question }) })),

  readAccess: (input: ReadRequest): Promise<AccessReading> => whileBeating((signal) => access.read(input, signal)),

  renewInstantKey: (input: KeyRequest): Promise<{ readonly isNew: boolean }> => whileBeating((signal) => access.renewKey(input, signal)),

  /** Ends only when a read-back has shown that nothing is left; until then it fails with `StillThere`. */
  revokeAccess: (input: RevocationRequest): Promise<void> =>
    whileBeating(async (signal) => {
      const { gone, learnt } = await access.revoke(input, signal);
      if (!gone) throw failure({ type: 'StillThere', learnt });
    }),
});
