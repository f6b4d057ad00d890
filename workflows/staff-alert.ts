/** Tells a property's staff of what is no single stay's: once per message id and channel, tried for as long as a day. */
import { sleep, workflowInfo } from '@temporalio/workflow';
import { activities } from './activity-proxies.ts';
import type { Notice, StaffContact } from './domain/notice.ts';
import { STAFF_ALERT } from './domain/pace.ts';

interface Alert {
  readonly staff: StaffContact;
  readonly notice: Notice;
  readonly messageId: string;
}

export async function tellStaff(alert: Alert): Promise<void> {
  await Promise.all(alert.staff.recipients.map((recipient) => tell({ ...alert, recipient })));
}

interface Telling extends Alert {
  readonly recipient: StaffContact['recipients'][number];
}

async function tell({ staff: { sender, language }, recipient: { channel, address }, notice, messageId }: Telling): Promise<void> {
  const { workflowId } = workflowInfo();
  const since = Date.now();
  for (let attempt = 1; attempt <= STAFF_ALERT.tries; attempt += 1) {
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
      // What it is about is found elsewhere, too: in the list of brakes, in the worker's log.
      await sleep(STAFF_ALERT.pause);
    }
  }
}
