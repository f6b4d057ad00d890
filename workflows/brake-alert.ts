/** What a property's staff hears when its brake has stopped something. */
import type { BrakeView } from './brake-messages.ts';
import type { Notice } from './domain/notice.ts';

export function brakeNotice({ live, stopped }: BrakeView): Notice {
  const [first] = stopped;
  const grants = stopped.reduce((sum, revocation) => sum + revocation.grants, 0);
  const what = first?.cause === 'sweep' ? 'The sweep' : 'The configuration';
  const text = `${what} would end ${grants} of ${live} live grants of this property at once. Nothing is taken back until an operator approves it (see GET /v1/brakes) or its cause is mended.`;
  const others = stopped.length > 1 ? ` (+${stopped.length - 1})` : '';
  return { kind: 'staff_alert', reservationKey: `${first?.what ?? ''}${others}`, startsAt: null, causes: [{ code: 'brake', text }] };
}
