/** The yardstick: a workflow of the same shape as a stay that does nothing. Its time, memory and history are what Temporal itself costs. */
import { condition, defineSignal, proxyActivities, setHandler, sleep } from '@temporalio/workflow';
import type { BareActivities } from './bare-activities.ts';

export const issuedSignal = defineSignal('issued');

const { makeIdentity, makeGrant, sendMail, sendSms, revoke } = proxyActivities<BareActivities>({ startToCloseTimeout: '1 minute' });

/** `endsAt`: milliseconds since the epoch. */
export async function bareStay({ endsAt }: { readonly endsAt: number }): Promise<void> {
  let issued = false;
  setHandler(issuedSignal, () => {
    issued = true;
  });
  await makeIdentity();
  await makeGrant();
  await condition(() => issued);
  await sendMail();
  await sendSms();
  await sleep(endsAt - Date.now());
  await revoke();
}
