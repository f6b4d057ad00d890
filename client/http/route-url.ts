/** A path as OpenAPI writes it, as Fastify does. */
export const routeUrl = (path: string): string => path.replaceAll(/\{(\w+)\}/g, ':$1');
