/** "This does not work": the keys once more and what to try; then staff hears of it, also while no worker is alive. */
import { z } from 'zod';
import { readSecrets } from '../pass/guest-desk.ts';
import { otherWays } from '../pass/other-ways.ts';
import { passJson, passSchema } from '../pass/pass-json.ts';
import type { Screen } from '../pass/screen.ts';
import { type PassRoutesDependencies, screenFor, sendPage } from './pass-answer.ts';
import { passParams } from './pass-paths.ts';
import { FORM } from './pass-scope.ts';
import { PASS_PATH } from './pass-url.ts';
import { type PassRoute, read } from './route.ts';
import { wantsJson } from './wants-json.ts';

const bodySchema = z.object({
  step: z.enum(['keys', 'staff']).default('keys').meta({ description: 'keys: shows them once more. staff: tells a person, once an hour.' }),
});
const answerSchema = z.object({
  outcome: z
    .enum(['keys', 'staff_told', 'nobody_told'])
    .meta({ description: 'nobody_told: the property names no staff; see its help line.' }),
  otherWays: z
    .array(z.object({ doors: z.array(z.string()), modes: z.array(z.enum(['code', 'card', 'mobile_key', 'cloud_key'])) }))
    .meta({ description: 'Doors that open in more than one way now.' }),
  pass: passSchema,
});

type Outcome = z.output<typeof answerSchema>['outcome'];

export const helpRoute = (dependencies: PassRoutesDependencies): PassRoute => ({
  access: 'pass',
  method: 'POST',
  path: `${PASS_PATH}/{token}/help`,
  summary: "For a guest whose key does not work: first shows the keys once more, then tells the property's staff.",
  params: passParams,
  body: bodySchema.optional(),
  bodyTypes: ['application/json', FORM],
  answers: { 200: { description: 'A page, or JSON by Accept.', schema: answerSchema } },
  problems: [400, 403, 404, 410, 413, 415, 429, 503],
  handle: async ({ request, reply, holder }) => {
    const { step } = read(bodySchema, request.body ?? {});
    const screen = await screenFor({ ...dependencies, request, holder });
    const shown = await readSecrets({ desk: dependencies.desk, view: screen.view });
    const outcome = step === 'keys' ? 'keys' : await tellStaff({ desk: dependencies.desk, screen, guest: holder });
    const answer = { ...screen, shown, ...said({ outcome, screen }) };
    const ways = otherWays(screen).map(({ doors, modes }) => ({ doors: doors.map(({ id }) => id), modes: [...modes] }));
    return wantsJson(request) ? { outcome, otherWays: ways, pass: passJson(answer) } : sendPage({ screen: answer, reply, ...dependencies });
  },
});

/** Also where nobody is named: the view and the log of the stay show it. */
async function tellStaff({
  desk: { reservations },
  screen,
  guest: { source, reservationId, guestId },
}: Pick<PassRoutesDependencies, 'desk'> & {
  screen: Screen;
  guest: { readonly source: string; readonly reservationId: string; readonly guestId: string };
}): Promise<Outcome> {
  const isHeard = await reservations.askForHelp({ source, reservationId, guestId });
  return isHeard && screen.view.property.hasStaff ? 'staff_told' : 'nobody_told';
}

function said({ outcome, screen }: { outcome: Outcome; screen: Screen }): Pick<Screen, 'news' | 'help'> {
  const { help } = screen.language.words;
  if (outcome === 'keys') return { news: help.tryTitle, help: 'trying' };
  return { news: outcome === 'staff_told' ? help.staffTold : help.nobodyTold, help: 'told' };
}
