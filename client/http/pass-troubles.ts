/** What goes wrong on a guest's page, told to the guest: as a page in the guest's language with whom to call, or as a problem document. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { plainName } from '../../activities/words/booking-text.ts';
import type { Configuration, PropertySettings } from '../../config/configuration.ts';
import type { Logger } from '../../config/log.ts';
import type { PassHolder } from '../../config/pass-token.ts';
import { PASS_CSP } from '../pass/document.ts';
import { passLanguage } from '../pass/language.ts';
import { troublePage } from '../pass/trouble-page.ts';
import type { PassWords } from '../pass/words/words.ts';
import { PassEnded } from '../refusals.ts';
import type { Reservations } from '../reservations.ts';
import type { PassPaths } from './pass-paths.ts';
import { notedProblem, sendProblem } from './problem-handler.ts';
import { wantsJson } from './wants-json.ts';

interface Dependencies {
  readonly reservations: Pick<Reservations, 'propertyOfStay'>;
  readonly configuration: Configuration;
  readonly paths: PassPaths;
  readonly log: Logger;
}

interface Trouble {
  readonly error: unknown;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  /** null: the token is none of ours. */
  readonly holder: PassHolder | null;
}

export interface PassTroubles {
  answer(trouble: Trouble): Promise<FastifyReply>;
}

export const passTroubles = (dependencies: Dependencies): PassTroubles => ({
  answer: async (trouble) => {
    const { error, request, reply } = trouble;
    if (wantsJson(request)) return sendProblem({ reply, error, log: dependencies.log });
    const problem = notedProblem({ error, log: dependencies.log });
    reply.code(problem.status).headers({ ...problem.headers, 'content-security-policy': PASS_CSP });
    return reply.type('text/html; charset=utf-8').send(await pageOf({ ...dependencies, ...trouble, status: problem.status }));
  },
});

async function pageOf({ error, request, holder, paths, status, ...rest }: Dependencies & Trouble & { status: number }): Promise<string> {
  const property =
    error instanceof PassEnded ? error.view.property : holder === null ? null : await propertyOf({ holder, status, ...rest });
  const guest = error instanceof PassEnded ? error.view.language : null;
  const language = passLanguage({ guest, accepted: request.headers['accept-language'], property: property?.language ?? 'en' });
  const canReturn = holder !== null && !(error instanceof PassEnded) && status !== 404;
  return troublePage({
    language,
    text: textOf({ error, status, words: language.words }),
    place: property === null ? null : plainName(property.name),
    helpLine: property?.helpLine ?? null,
    path: canReturn ? paths.page(request) : null,
    iconPath: paths.icon,
  });
}

function textOf({ error, status, words: { states, troubles } }: { error: unknown; status: number; words: PassWords }): string {
  if (error instanceof PassEnded) return error.why === 'over' ? states.over : troubles.replaced;
  const texts: Readonly<Record<number, string>> = { 403: troubles.foreign, 404: troubles.unknown, 429: troubles.often };
  return texts[status] ?? (status >= 500 ? troubles.away : troubles.unreadable);
}

type Place = Pick<PropertySettings, 'name' | 'language'> & { readonly helpLine: string | null };

/** Whom to call although the stay does not answer. Asked of Temporal alone, and not at all where there is only one house. */
async function propertyOf({
  holder,
  status,
  configuration: { properties },
  reservations,
}: Pick<Dependencies, 'configuration' | 'reservations'> & { holder: PassHolder; status: number }): Promise<Place | null> {
  const [only] = properties.values();
  const settings =
    properties.size === 1 ? only : status === 503 ? properties.get((await reservations.propertyOfStay(holder)) ?? '') : undefined;
  return settings === undefined ? null : { name: settings.name, language: settings.language, helpLine: settings.messages.helpLine };
}
