/** `GET /dev/mailbox`: what the stand-ins for mail and SMS received. For this machine only, for it shows what guests are told. */
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { isLoopback } from '../../config/environment.ts';
import { mailboxPage } from './mailbox-page.ts';
import { HttpProblem } from './problem.ts';
import type { OpenRoute } from './route.ts';

const messageSchema = z.object({
  channel: z.enum(['email', 'sms']),
  to: z.string(),
  at: z.iso.datetime(),
  subject: z.string(),
  text: z.string(),
  html: z.string(),
  messageId: z.string(),
});

export type MailboxMessage = z.output<typeof messageSchema>;
/** null: no stand-in runs. */
export type ReadMailbox = (() => readonly MailboxMessage[]) | null;

/** The peer, whoever a proxy says it speaks for, and the name that was asked for: a page on the web may make a name of its own point here. */
const isLocal = (request: FastifyRequest): boolean =>
  isLoopback(request.socket.remoteAddress ?? '') && isLoopback(request.ip) && isLoopback(request.hostname.replace(/^\[(.*)\]$/, '$1'));

export const mailboxRoute = (mailbox: ReadMailbox): OpenRoute => ({
  access: 'open',
  method: 'GET',
  path: '/dev/mailbox',
  summary: 'What the stand-ins for mail and SMS received, newest first; only where they run, and only for the same machine.',
  answers: { 200: { description: 'JSON by Accept, else a page.', schema: z.object({ messages: z.array(messageSchema) }) } },
  problems: [404],
  handle: async ({ request, reply }) => {
    if (mailbox === null || !isLocal(request)) throw new HttpProblem({ status: 404, detail: 'There is no mailbox here.' });
    const messages = mailbox()
      .toReversed()
      .sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
    const wantsJson = (request.headers.accept ?? '').includes('application/json');
    return wantsJson ? reply.send({ messages }) : reply.type('text/html; charset=utf-8').send(mailboxPage(messages));
  },
});
