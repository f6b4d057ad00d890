/** Tells a property's staff that its brake has stopped something: once per stop and channel, for as long as a day. */
import { sleep, workflowInfo } from '@temporalio/workflow';
import { activities } from './activity-proxies.ts';
import type { BrakeAlert, BrakeView } from './brake-messages.ts';
import type { Notice } from './domain/notice.ts';
import { BRAKE_ALERT } from './domain/pace.ts';

export async function tellStaff({ alert, view }: { alert: BrakeAlert; view: BrakeView }): Promise<void> {
  const notice = noticeOf(view);
  await Promise.all(alert.recipients.map((recipient) => tell({ alert, recipient, notice, messageId: `brake-${view.stoppedAt ?? 0}` })));
}

interface Telling {
  readonly alert: BrakeAlert;
  readonly recipient: BrakeAlert['recipients'][number];
  readonly notice: Notice;
  readonly messageId: string;
}

async function tell({ alert: { sender, language }, recipient: { channel, address }, notice, messageId }: Telling): Promise<void> {
  const { workflowId } = workflowInfo();
  const since = Date.now();
  for (let attempt = 1; attempt <= BRAKE_ALERT.tries; attempt += 1) {
    try {
      await activities.sendMessage({
        workflowId,
        messageId,
        guestId: '',
        channel,
        recipient: { name: '', address, language },
        sender,
        notice,
        proof: [],
        occupancy: null,
        smsCountries: [],
        limitedBy: null,
        lookUpSince: attempt === 1 ? null : since,
      });
      return;
    } catch {
      // The list of brakes shows it in any case.
      await sleep(BRAKE_ALERT.pause);
    }
  }
}

function noticeOf({ live, stopped }: BrakeView): Notice {
  const [first] = stopped;
  const grants = stopped.reduce((sum, revocation) => sum + revocation.grants, 0);
  const what = first?.cause === 'sweep' ? 'The sweep' : 'The configuration';
  const text = `${what} would end ${grants} of ${live} live grants of this property at once. Nothing is taken back until an operator approves it (see GET /v1/brakes) or its cause is mended.`;
  const others = stopped.length > 1 ? ` (+${stopped.length - 1})` : '';
  return { kind: 'staff_alert', reservationKey: `${first?.what ?? ''}${others}`, startsAt: null, causes: [{ code: 'brake', text }] };
}
