/** Answers that go wrong on purpose: refused, lost after the work was done, cut before it, or slow. */
import { z } from 'zod';

const common = {
  /** A path, or the beginning of one followed by `*`. */
  path: z.string().startsWith('/').default('/*'),
  /** How many calls it hits. */
  times: z.number().int().min(1).default(1),
};

export const faultSchema = z.discriminatedUnion('kind', [
  /** With `type` null the body is plain text, as from a proxy in between. `retryAfter` in seconds. */
  z.strictObject({
    ...common,
    kind: z.literal('refuse'),
    status: z.number().int().min(400).max(599),
    type: z.string().nullable().default(null),
    retryAfter: z.number().min(0).nullable().default(null),
  }),
  /** The request is carried out, then the connection is cut. */
  z.strictObject({ ...common, kind: z.literal('lose') }),
  /** The connection is cut and nothing happens. */
  z.strictObject({ ...common, kind: z.literal('cut') }),
  z.strictObject({ ...common, kind: z.literal('slow'), delayMs: z.number().int().min(0) }),
]);

export type FaultRequest = z.input<typeof faultSchema>;
export type Fault = z.output<typeof faultSchema>;

const hits = (pattern: string, path: string): boolean => (pattern.endsWith('*') ? path.startsWith(pattern.slice(0, -1)) : path === pattern);

export class Faults {
  readonly #waiting: { readonly fault: Fault; left: number }[] = [];

  add(request: FaultRequest): void {
    const fault = faultSchema.parse(request);
    this.#waiting.push({ fault, left: fault.times });
  }

  clear(): void {
    this.#waiting.length = 0;
  }

  /** The oldest fault that waits for this path, counted as used, or null. */
  take(path: string): Fault | null {
    const index = this.#waiting.findIndex(({ fault }) => hits(fault.path, path));
    const found = this.#waiting[index];
    if (found === undefined) return null;
    found.left -= 1;
    if (found.left === 0) this.#waiting.splice(index, 1);
    return found.fault;
  }

  /** What is still to come. */
  list(): readonly Fault[] {
    return this.#waiting.map(({ fault, left }) => ({ ...fault, times: left }));
  }
}
