/** A guest in an access system: one user per identity and system, with the times of all of the guest's credentials. */
import { z } from 'zod';
import type { Window } from '../../../workflows/domain/access.ts';
import type { LowLevelAccess } from '../../../workflows/domain/low-level.ts';
import type { AcsSettings } from '../../../workflows/domain/property.ts';
import { isNear, timesOf } from '../seam/asked-times.ts';
import type { SeamCalls } from '../seam/calls.ts';
import { findOrCreate } from '../seam/granting.ts';
import { type AcsUser, acsGroup, acsUser, warns } from './schemas.ts';

export interface Person {
  readonly seam: SeamCalls;
  readonly systemId: string;
  readonly identityId: string;
}

interface NewUser extends Person {
  readonly fullName: string;
  readonly acs: AcsSettings;
  readonly span: LowLevelAccess['span'];
}

/** Also those that are on their way out. */
export async function usersOf({ seam, systemId, identityId }: Person): Promise<readonly AcsUser[]> {
  const asked = { acs_system_id: systemId, user_identity_id: identityId };
  return (await seam.find({ answer: z.array(acsUser), send: (api) => api.acs.users.list(asked) })) ?? [];
}

export const userOf = async (person: Person): Promise<AcsUser | null> =>
  (await usersOf(person)).find((user) => !warns(user, 'being_deleted')) ?? null;

/** One user, whichever answer was lost on the way; in its groups, and let in at all of its times. */
export async function findOrCreateUser({ fullName, acs, span, ...person }: NewUser): Promise<AcsUser> {
  const { seam, systemId, identityId } = person;
  const user = await findOrCreate({
    find: () => userOf(person),
    create: () =>
      seam.write({
        answer: acsUser,
        send: (api) =>
          api.acs.users.create({
            acs_system_id: systemId,
            user_identity_id: identityId,
            full_name: fullName,
            access_schedule: timesOf(span),
            acs_access_group_ids: [...acs.accessGroups],
          }),
      }),
  });
  await Promise.all([keepSchedule({ seam, user, span }), keepGroups({ seam, user, groupIds: acs.accessGroups })]);
  return user;
}

/** Nothing to do for a user of a system that knows no such times. */
export async function keepSchedule({ seam, user, span }: { seam: SeamCalls; user: AcsUser; span: Window }): Promise<void> {
  const schedule = user.access_schedule;
  if (!schedule || (isNear(schedule.starts_at, span.startsAt) && isNear(schedule.ends_at, span.endsAt))) return;
  const change = { acs_user_id: user.acs_user_id, access_schedule: timesOf(span) };
  await seam.write({ answer: z.unknown(), send: (api) => api.acs.users.update(change) });
}

async function keepGroups({
  seam,
  user: { acs_user_id },
  groupIds,
}: {
  readonly seam: SeamCalls;
  readonly user: AcsUser;
  readonly groupIds: readonly string[];
}): Promise<void> {
  if (groupIds.length === 0) return;
  const groups = await seam.read({ answer: z.array(acsGroup), send: (api) => api.acs.accessGroups.list({ acs_user_id }) });
  const isIn = new Set(groups.map((group) => group.acs_access_group_id));
  for (const acs_access_group_id of groupIds.filter((id) => !isIn.has(id)))
    await seam.write({ answer: z.unknown(), send: (api) => api.acs.users.addToAccessGroup({ acs_access_group_id, acs_user_id }) });
}
