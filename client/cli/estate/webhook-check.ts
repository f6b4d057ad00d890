/** Whether Seam tells this installation what happens: a webhook at its address, for every type of event that it acts upon. */
import { z } from 'zod';
import { connectToSeam, type SeamConnection } from '../../../activities/adapters/seam/calls.ts';
import { type Configuration, providersOf } from '../../../config/configuration.ts';
import { caughtUpTypes } from '../../../workflows/domain/catch-up-plan.ts';
import { Refused } from '../failure.ts';
import type { HouseProblem } from './door-check.ts';

const PATH = '/webhooks/seam';
/** Milliseconds. */
const PATIENCE = 20_000;

const webhooks = z.array(z.object({ url: z.string(), event_types: z.array(z.string()).nullish() }));

interface Question {
  readonly seam: SeamConnection;
  readonly configuration: Configuration;
  /** null: not known, so any webhook at our path counts. */
  readonly publicUrl: string | null;
}

/** null: everything is told. Without webhooks the engine works all the same, only later: what is lost is caught up. @throws Refused where Seam cannot be asked */
export async function webhookProblem({ seam, configuration, publicUrl }: Question): Promise<HouseProblem | null> {
  const calls = connectToSeam(seam)(AbortSignal.timeout(PATIENCE));
  const all = await calls.read({ answer: webhooks, send: (api) => api.webhooks.list() }).catch((error: unknown) => {
    throw new Refused(`Seam could not be asked for its webhooks: ${error instanceof Error ? error.message : 'it was not reached'}.`);
  });
  const address = publicUrl === null ? null : `${publicUrl}${PATH}`;
  const ours = all.filter(({ url }) => (address === null ? URL.parse(url)?.pathname.endsWith(PATH) === true : url === address));
  const where = 'webhook';
  if (ours.length === 0) {
    const what = `Seam has none at ${address ?? `…${PATH}`}: make one in the Seam Console, or events are only caught up, up to a minute late`;
    return { where, what };
  }
  const heard = new Set(ours.flatMap(({ event_types }) => event_types ?? ['*']));
  const missing = heard.has('*') ? [] : caughtUpTypes(providersOf(configuration)).filter((type) => !heard.has(type));
  return missing.length === 0 ? null : { where, what: `it is not subscribed to ${missing.join(', ')}` };
}
