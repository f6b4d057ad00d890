/** One route of the API: which verb the published client uses, what it takes, what it answers. POST is always accepted as well. */
import type { z } from 'zod';

export type Verb = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';

export interface Route {
  readonly verb: Verb;
  /** Parses the parameters and answers the body without `ok`. @throws SeamError */
  readonly answer: (parameters: unknown) => object;
}

/** Routes by path. */
export type Routes = Readonly<Record<string, Route>>;

/** @throws ZodError from `answer` when the parameters do not fit; the server makes Seam's `invalid_input` of it. */
export function route<S extends z.ZodType>(verb: Verb, parameters: S, answer: (parameters: z.output<S>) => object): Route {
  return { verb, answer: (given) => answer(parameters.parse(given)) };
}
