/** What an operator orders, made fit for the stay as it is. */
import type { Order } from '../../workflows/messages.ts';
import { doorsAsked } from './grant.ts';
import type { StepOf } from './step.ts';
import type { Watched } from './watched.ts';

const HOUR = 3_600_000;

export function orderOf({ stay, step }: { stay: Watched; step: StepOf<'order'> }): Order {
  const { name, pick, hours } = step;
  const methods = [...stay.seam.grants.values()].flatMap((grant) => grant.methods.map(({ id }) => id));
  const { guests } = stay.heard.reservation;
  switch (name) {
    case 'release':
      return { action: 'release', waive: [] };
    case 'waive':
      return { action: 'release', waive: [...stay.heard.property.access.requires] };
    case 'change-departure':
      return { action: name, departure: new Date(stay.now + hours * HOUR).toISOString() };
    case 'reissue':
      return { action: name, accessMethodId: methods[pick % methods.length] ?? 'nobody' };
    case 'told':
      return { action: name, guestId: guests[pick % Math.max(1, guests.length)]?.id ?? 'nobody', how: 'by phone' };
    case 'unlock': {
      const doors = [...stay.seam.grants.values()].flatMap(({ asked }) => doorsAsked(asked));
      const guestId = hours > 0 ? (guests[pick % Math.max(1, guests.length)]?.id ?? 'nobody') : null;
      return { action: name, entranceId: doors[pick % doors.length] ?? 'none', deviceId: null, guestId };
    }
    case 'encode-card':
      return { action: name, accessMethodId: methods[pick % methods.length] ?? 'nobody', encoderId: 'desk' };
    case 'acknowledge':
      return { action: name, code: stay.view.reasons[0]?.code ?? 'nothing' };
    case 'resend':
    case 'hold':
    case 'revoke':
    case 'retry':
      return { action: name };
  }
}
