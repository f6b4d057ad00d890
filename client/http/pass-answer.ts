/** The answer to whoever holds a link: the page in the guest's language, or the same as JSON. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { clockOf } from '../../activities/words/moment.ts';
import type { PassHolder } from '../../config/pass-token.ts';
import type { PassView } from '../../workflows/domain/pass-view.ts';
import { PASS_CSP } from '../pass/document.ts';
import { type GuestDeskDependencies, lookAt } from '../pass/guest-desk.ts';
import { passLanguage } from '../pass/language.ts';
import type { Screen } from '../pass/screen.ts';
import { stayPage } from '../pass/stay-page.ts';
import type { PassPaths } from './pass-paths.ts';
import { HttpProblem } from './problem.ts';

export interface PassRoutesDependencies {
  readonly desk: GuestDeskDependencies;
  readonly paths: PassPaths;
}

interface Asked extends PassRoutesDependencies {
  readonly request: FastifyRequest;
  readonly holder: PassHolder;
}

/** The page as it is before anything was asked. @throws HttpProblem 404, PassEnded, NoWorker, TemporalUnavailable */
export async function screenFor({ desk, paths, request, holder }: Asked): Promise<Screen> {
  const view = await lookAt({ desk, holder });
  if (view === null) throw new HttpProblem({ status: 404, detail: 'This stay, or this guest of it, is not known any more.' });
  const language = languageFor({ view, request });
  const clock = clockOf({ language: language.message, timeZone: view.property.timeZone });
  return { view, language, clock, now: Date.now(), path: paths.page(request), shown: null, news: null, help: 'offered' };
}

const languageFor = ({ view, request }: { view: PassView; request: FastifyRequest }): Screen['language'] =>
  passLanguage({ guest: view.language, accepted: request.headers['accept-language'], property: view.property.language });

export function sendPage({
  screen,
  paths,
  reply,
  status = 200,
}: {
  screen: Screen;
  paths: PassPaths;
  reply: FastifyReply;
  status?: 200 | 409;
}): FastifyReply {
  return reply
    .code(status)
    .header('content-security-policy', PASS_CSP)
    .type('text/html; charset=utf-8')
    .send(stayPage({ ...screen, iconPath: paths.icon }));
}
