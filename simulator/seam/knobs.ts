/** What a test or a person may turn while the simulator runs: in process, and by `POST /simulator/knobs`. */
import { z } from 'zod';
import { announceAilments } from './ailments.ts';
import { announceConnections } from './devices.ts';
import { type FaultRequest, type Faults, faultSchema } from './faults.ts';
import { pullBackupCode } from './issuance.ts';
import { methodOf } from './methods.ts';
import { id } from './parameters.ts';
import { changeDoor, type DoorChange, rearrange, type SpaceChange } from './rebuilding.ts';
import { type Routes, route } from './route.ts';
import { type Settings, settingsSchema } from './settings.ts';
import type { Workspace } from './workspace.ts';

const someSettings = settingsSchema.partial();

export interface Knobs {
  /** Changes some settings; the others stay. */
  set(change: z.input<typeof someSettings>): void;
  settings(): Settings;
  /** Lets the next calls of a path go wrong. */
  fault(request: FaultRequest): void;
  clearFaults(): void;
  /** Gives a code method another code, marked as backup. @throws SeamError 404 */
  pullBackupCode(accessMethodId: string): void;
  /** @throws SeamError 404 */
  changeDoor(change: DoorChange): void;
  /** @throws SeamError 404 */
  rearrange(change: SpaceChange): void;
}

export function createKnobs({ workspace, faults }: { readonly workspace: Workspace; readonly faults: Faults }): Knobs {
  return {
    set: (change) => {
      const { settings, state } = workspace;
      const { offlineDoors: offlineBefore, ailments: ailmentsBefore } = settings;
      const given = Object.entries(someSettings.parse(change)).filter(([, value]) => value !== undefined);
      Object.assign(settings, Object.fromEntries(given));
      announceConnections(workspace, offlineBefore);
      announceAilments(workspace, ailmentsBefore);
      // What was held back may go on now; what is still held back is looked at and left alone.
      for (const { id: credentialId } of state.acsCredentials.values())
        workspace.schedule({ at: Date.now() + settings.issuanceDelayMs, kind: 'issue_credential', id: credentialId });
      for (const { id: codeId } of state.accessCodes.values())
        workspace.schedule({ at: Date.now() + settings.issuanceDelayMs, kind: 'set_access_code', id: codeId });
      for (const method of state.methods.values()) {
        if (method.issuedAt === null) workspace.schedule({ at: Date.now() + settings.issuanceDelayMs, kind: 'issue', id: method.id });
      }
    },
    settings: () => structuredClone(workspace.settings),
    fault: (request) => faults.add(request),
    clearFaults: () => faults.clear(),
    pullBackupCode: (accessMethodId) => pullBackupCode(workspace, methodOf(workspace, accessMethodId)),
    changeDoor: (wanted) => changeDoor(workspace, wanted),
    rearrange: (wanted) => rearrange(workspace, wanted),
  };
}

const change = z.strictObject({
  ...someSettings.shape,
  faults: z.array(faultSchema).default([]),
  clearFaults: z.boolean().default(false),
  pullBackupCode: id.optional(),
  changeDoor: z.strictObject({ doorId: id, opensWith: z.array(z.enum(['code', 'cloud_key'])) }).optional(),
  rearrange: z.strictObject({ spaceId: id, entranceIds: z.array(id), deviceIds: z.array(id) }).optional(),
});

export function knobRoutes({ knobs, faults }: { readonly knobs: Knobs; readonly faults: Faults }): Routes {
  return {
    '/simulator/knobs': route('GET', change, (wanted) => {
      const { faults: added, clearFaults, pullBackupCode: methodId, changeDoor: door, rearrange: space, ...settings } = wanted;
      if (clearFaults) knobs.clearFaults();
      for (const fault of added) knobs.fault(fault);
      if (Object.keys(settings).length > 0) knobs.set(settings);
      if (methodId !== undefined) knobs.pullBackupCode(methodId);
      if (door !== undefined) knobs.changeDoor(door);
      if (space !== undefined) knobs.rearrange(space);
      return { settings: knobs.settings(), faults: faults.list() };
    }),
  };
}
