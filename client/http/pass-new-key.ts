/** Another Instant Key at the guest's request: the page answers with its link, and messages follow as with any change (rule 7). */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { askForKey, readSecrets } from '../pass/guest-desk.ts';
import { passJson, passSchema } from '../pass/pass-json.ts';
import { mayAskForKey } from '../pass/screen.ts';
import { Conflict } from '../refusals.ts';
import { type PassRoutesDependencies, screenFor, sendPage } from './pass-answer.ts';
import { orderHeaders, orderKey } from './pass-order-key.ts';
import { passParams } from './pass-paths.ts';
import { FORM } from './pass-scope.ts';
import { PASS_PATH } from './pass-url.ts';
import { type PassRoute, read } from './route.ts';
import { wantsJson } from './wants-json.ts';

const bodySchema = z.object({ key: orderKey.nullish().meta({ description: 'As Idempotency-Key, for forms.' }) });
const answerSchema = z.object({
  outcome: z.enum(['made', 'requested']).meta({ description: 'requested: it is on its way; show the keys again in a minute.' }),
  pass: passSchema,
});

type Asked = Parameters<typeof askForKey>[0];
type Outcome = z.output<typeof answerSchema>['outcome'];

export const newKeyRoute = (dependencies: PassRoutesDependencies): PassRoute => ({
  access: 'pass',
  method: 'POST',
  path: `${PASS_PATH}/{token}/new-key`,
  summary: 'Makes another link for a mobile key whose link has ended or was used up; a few times per stay, minutes apart.',
  params: passParams,
  headers: orderHeaders,
  body: bodySchema.optional(),
  bodyTypes: ['application/json', FORM],
  answers: { 200: { description: 'A page, or JSON by Accept, with the secret of each key.', schema: answerSchema } },
  problems: [400, 403, 404, 409, 410, 413, 415, 429, 503],
  handle: async ({ request, reply, holder }) => {
    const { key } = read(bodySchema, request.body ?? {});
    const { 'idempotency-key': headerKey } = read(orderHeaders, request.headers);
    const before = await screenFor({ ...dependencies, request, holder });
    const asked = { desk: dependencies.desk, holder, key: headerKey ?? key ?? randomUUID() };
    const outcome = !mayAskForKey(before) ? new Conflict('This guest has no link to be made anew now.') : await hear(asked);
    if (outcome instanceof Conflict && wantsJson(request)) throw outcome;
    const screen = await screenFor({ ...dependencies, request, holder });
    const shown = await readSecrets({ desk: dependencies.desk, view: screen.view });
    if (outcome instanceof Conflict)
      return sendPage({
        screen: { ...screen, shown, news: screen.language.words.keys.newLinkRefused },
        status: 409,
        reply,
        ...dependencies,
      });
    if (wantsJson(request)) return { outcome, pass: passJson({ ...screen, shown }) };
    const { newLinkMade, newLinkComing } = screen.language.words.keys;
    return sendPage({ screen: { ...screen, shown, news: outcome === 'made' ? newLinkMade : newLinkComing }, reply, ...dependencies });
  },
});

async function hear(asked: Asked): Promise<Outcome | Conflict> {
  try {
    const { outcome } = await askForKey(asked);
    return outcome === 'made' ? 'made' : 'requested';
  } catch (error) {
    if (error instanceof Conflict) return error;
    throw error;
  }
}
