/** The guest's page (rule 19). Looking shows no code and opens nothing, however often a scanner does it; what does something is a POST. */
import { z } from 'zod';
import { readSecrets } from '../pass/guest-desk.ts';
import { ICON, manifestOf } from '../pass/manifest.ts';
import { passJson, passSchema } from '../pass/pass-json.ts';
import { type PassRoutesDependencies, screenFor, sendPage } from './pass-answer.ts';
import { helpRoute } from './pass-help.ts';
import { newKeyRoute } from './pass-new-key.ts';
import { ICON_PATH, passParams } from './pass-paths.ts';
import { FORM } from './pass-scope.ts';
import { unlockRoute } from './pass-unlock.ts';
import { PASS_PATH } from './pass-url.ts';
import type { OpenRoute, PassRoute } from './route.ts';
import { wantsJson } from './wants-json.ts';

export const passRoutes = (dependencies: PassRoutesDependencies): readonly (PassRoute | OpenRoute)[] => [
  pageRoute(dependencies),
  showRoute(dependencies),
  unlockRoute(dependencies),
  newKeyRoute(dependencies),
  helpRoute(dependencies),
  manifestRoute(dependencies),
  iconRoute,
];

const pageRoute = (dependencies: PassRoutesDependencies): PassRoute => ({
  access: 'pass',
  method: 'GET',
  path: `${PASS_PATH}/{token}`,
  summary: "The guest's page: the stay, its doors and when they open. No code or key link is in it.",
  params: passParams,
  answers: { 200: { description: 'A page, or JSON by Accept.', schema: passSchema } },
  problems: [404, 410, 429, 503],
  handle: async ({ request, reply, holder }) => {
    const screen = await screenFor({ ...dependencies, request, holder });
    return wantsJson(request) ? passJson(screen) : sendPage({ screen, reply, ...dependencies });
  },
});

const showRoute = (dependencies: PassRoutesDependencies): PassRoute => ({
  access: 'pass',
  method: 'POST',
  path: `${PASS_PATH}/{token}/show`,
  summary: "Shows this guest's codes and key links, read from the lock system now.",
  params: passParams,
  body: z.looseObject({}).optional(),
  bodyTypes: ['application/json', FORM],
  answers: { 200: { description: 'A page, or JSON by Accept, with the secret of each key.', schema: passSchema } },
  problems: [403, 404, 410, 413, 415, 429, 503],
  handle: async ({ request, reply, holder }) => {
    const screen = await screenFor({ ...dependencies, request, holder });
    const shown = await readSecrets({ desk: dependencies.desk, view: screen.view });
    const news = shown.size > 0 ? screen.language.words.keys.shown : null;
    const answer = { ...screen, shown, news };
    return wantsJson(request) ? passJson(answer) : sendPage({ screen: answer, reply, ...dependencies });
  },
});

const manifestRoute = (dependencies: PassRoutesDependencies): PassRoute => ({
  access: 'pass',
  method: 'GET',
  path: `${PASS_PATH}/{token}/manifest.webmanifest`,
  summary: 'Lets a guest put the page on the home screen of a phone.',
  params: passParams,
  answers: { 200: { description: 'A web app manifest.', contentType: 'application/manifest+json' } },
  problems: [404, 410, 429, 503],
  handle: async ({ request, reply, holder }) => {
    const { view, language, path } = await screenFor({ ...dependencies, request, holder });
    const manifest = manifestOf({ view, language, path, iconPath: dependencies.paths.icon });
    return reply.type('application/manifest+json').send(JSON.stringify(manifest));
  },
});

const iconRoute: OpenRoute = {
  access: 'open',
  method: 'GET',
  path: ICON_PATH,
  summary: "The icon of guests' pages.",
  answers: { 200: { description: 'The same for everybody.', contentType: 'image/svg+xml' } },
  problems: [],
  handle: async ({ reply }) => reply.type('image/svg+xml').send(ICON),
};
