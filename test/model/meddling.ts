/** What happens in Seam without the engine's doing: late issuance, other codes, deletions, doors that come and go. */
import { doorsAsked } from './grant.ts';
import type { StepOf } from './step.ts';
import type { Watched } from './watched.ts';

const HOUR = 3_600_000;

export function meddle({ stay: { seam, record, heard }, step }: { stay: Watched; step: StepOf<'seam' | 'door'> }): void {
  const grants = [...seam.grants.values()];
  const grant = grants[step.pick % grants.length];
  if (grant === undefined) return;
  const { key } = grant;
  if (step.kind === 'door') {
    const doors = doorsAsked(grant.asked);
    return seam.setDead({ door: doors[step.pick % doors.length] ?? '', isDead: step.isDead });
  }
  switch (step.deed) {
    case 'issue':
      return seam.issue(key);
    case 'fail':
      return seam.fail(key);
    case 'settle':
      return seam.settle(key);
    case 'recode':
    case 'backup':
      return seam.recode(key, step.deed === 'backup');
    case 'remove':
      record.noteLosses(heard.reservation.guests);
      return seam.remove(key);
    case 'shift':
      return seam.shift({ key, window: { startsAt: grant.window.startsAt, endsAt: grant.window.endsAt + HOUR } });
    case 'use':
      return seam.use(key);
    case 'write':
      return seam.write({ key });
    case 'foreign':
    case 'unforeign':
      return seam.addForeign({ key, door: step.deed === 'foreign' ? 'cellar' : null });
  }
}
