/** The paths of guests' pages as a browser sees them: a proxy may have taken a part of them off. */
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { PASS_PATH } from './pass-url.ts';

export const passParams = z.object({ token: z.string().meta({ description: 'From the message to the guest.' }) });

export const ICON_PATH = '/pass-icon.svg';

export interface PassPaths {
  readonly icon: string;
  /** Of the page that a request is about. */
  page(request: FastifyRequest): string;
}

export function passPaths(publicUrl: string): PassPaths {
  const prefix = new URL(publicUrl).pathname.replace(/\/$/, '');
  return { icon: `${prefix}${ICON_PATH}`, page: (request) => `${prefix}${PASS_PATH}/${tokenOf(request)}` };
}

export function tokenOf({ params }: FastifyRequest): string {
  return typeof params === 'object' && params !== null && 'token' in params && typeof params.token === 'string' ? params.token : '';
}
