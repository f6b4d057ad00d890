/**
 * The erasure of one closed stay (rule 20), from what is to go to the line in the audit log. It knows the stay by ids and hashes only, and is
 * tried again until all of it is proven: what goes wrong stands in the worker's log.
 */
import { continueAsNew, isCancellation, sleep, workflowInfo } from '@temporalio/workflow';
import { activities } from './activity-proxies.ts';
import type { Remains } from './domain/erasure.ts';
import { LAST_WORDS, MINUTE } from './domain/pace.ts';
import { iso } from './domain/reservation.ts';
import type { ErasureInput } from './erasure-input.ts';

/** `alive`: the stay came back to life, so nothing (more) was erased. `unknown`: Temporal knows nothing of it any more. */
export type ErasureOutcome = 'erased' | 'alive' | 'unknown';

/** Ids per activity: a few seconds each. */
const PORTION = 20;
/** Milliseconds. */
const FIRST_PAUSE = 1_000;
const LONGEST_PAUSE = 60 * MINUTE;

export async function erasure(input: ErasureInput): Promise<ErasureOutcome> {
  const { workflowId, by } = input;
  const read = await untilDone(input, () => activities.readRemains({ workflowId }));
  const found = read.kind === 'running' && by !== null ? await afterLastWords(input) : read;
  if (found.kind !== 'closed') return found.kind === 'running' ? 'alive' : 'unknown';
  const { stay, remains } = found;
  if (!(await forgetGuests({ input, remains }))) return 'alive';
  const sms = await removeSms({ input, remains });
  const { isAlive } = await untilDone(input, () => activities.removeHistory({ workflowId }));
  if (isAlive) return 'alive';
  const bodiesLeft = { mails: remains.mails, sms };
  const entry = { stay, by, identities: remains.userIdentityKeys.length, bodiesLeft, skeleton: remains.skeleton };
  await untilDone(input, () => activities.auditErasure({ ...entry, erasedAt: iso(Date.now()) }));
  return 'erased';
}

/** The order was taken while the stay's last messages were still under way: its workflow ends within `LAST_WORDS`. */
async function afterLastWords(input: ErasureInput): ReturnType<typeof activities.readRemains> {
  const until = Date.now() + LAST_WORDS + MINUTE;
  for (let pause = FIRST_PAUSE; ; pause = Math.min(pause * 2, 10 * MINUTE)) {
    await sleep(pause);
    const read = await untilDone(input, () => activities.readRemains({ workflowId: input.workflowId }));
    if (read.kind !== 'running' || Date.now() >= until) return read;
  }
}

interface Erasing {
  readonly input: ErasureInput;
  readonly remains: Remains;
}

/** false: the stay came back to life. */
async function forgetGuests({ input, remains }: Erasing): Promise<boolean> {
  const { workflowId } = input;
  for (const userIdentityKeys of portions(remains.userIdentityKeys)) {
    const { isAlive } = await untilDone(input, () => activities.forgetIdentities({ workflowId, userIdentityKeys }));
    if (isAlive) return false;
  }
  return true;
}

async function removeSms({ input, remains }: Erasing): Promise<number> {
  let left = 0;
  for (const smsIds of portions(remains.smsIds)) left += (await untilDone(input, () => activities.removeSentSms({ smsIds }))).left;
  return left;
}

const portions = (ids: readonly string[]): readonly (readonly string[])[] =>
  Array.from({ length: Math.ceil(ids.length / PORTION) }, (_, i) => ids.slice(i * PORTION, (i + 1) * PORTION));

/** Whatever the failure, trying again is all there is to do; a person sees it in the log. */
async function untilDone<T>(input: ErasureInput, step: () => Promise<T>): Promise<T> {
  for (let pause = FIRST_PAUSE; ; pause = Math.min(pause * 2, LONGEST_PAUSE)) {
    try {
      return await step();
    } catch (error) {
      if (isCancellation(error)) throw error;
    }
    await sleep(pause);
    if (workflowInfo().continueAsNewSuggested) await continueAsNew<typeof erasure>(input);
  }
}
