/** Twilio's Messages resource (API 2010-04-01): create, list, read, redact and delete, with Twilio's own error bodies. */
import { type PhoneMessages, showMessage } from './phone-messages.ts';
import type { Receipts } from './phone-receipts.ts';

export interface PhoneAnswer {
  readonly status: number;
  readonly body: object | null;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Account {
  readonly accountSid: string;
  readonly messages: PhoneMessages;
  readonly receipts: Receipts;
}

interface Request {
  readonly method: string;
  readonly url: URL;
  readonly form: URLSearchParams;
}

interface Problem {
  readonly status: number;
  readonly code: number;
  readonly message: string;
  /** Seconds. */
  readonly retryAfter?: number;
}

export function problem({ status, code, message, retryAfter }: Problem): PhoneAnswer {
  const body = { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status };
  return { status, body, ...(retryAfter === undefined ? {} : { headers: { 'retry-after': String(retryAfter) } }) };
}

const notFound = (path: string): PhoneAnswer =>
  problem({ status: 404, code: 20404, message: `The requested resource ${path} was not found` });

const E164 = /^\+[1-9]\d{6,14}$/;

function create({ accountSid, messages, receipts }: Account, form: URLSearchParams): PhoneAnswer {
  const [to, body, from, messagingServiceSid] = ['To', 'Body', 'From', 'MessagingServiceSid'].map((name) => form.get(name));
  if (!to || !E164.test(to)) return problem({ status: 400, code: 21211, message: "Invalid 'To' Phone Number" });
  if (!body) return problem({ status: 400, code: 21602, message: 'Message body is required.' });
  if (body.length > 1600)
    return problem({ status: 400, code: 21617, message: 'The concatenated message body exceeds the 1600 character limit' });
  if (!from && !messagingServiceSid) return problem({ status: 400, code: 21603, message: "A 'From' phone number is required." });
  const message = messages.add({
    to,
    body,
    from: from ?? null,
    messagingServiceSid: messagingServiceSid ?? null,
    statusCallback: form.get('StatusCallback'),
  });
  const answer = { status: 201, body: showMessage(message, accountSid) };
  receipts.begin(message);
  return answer;
}

/** A bound is a day or an instant; a day as upper bound means its end. */
function bound(text: string | null, side: 'from' | 'until'): number | null {
  if (text === null) return null;
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text);
  return Date.parse(isDay && side === 'until' ? `${text}T23:59:59.999Z` : text);
}

function list({ accountSid, messages }: Account, url: URL): PhoneAnswer {
  const query = url.searchParams;
  const day = query.get('DateSent');
  const found = messages.list({
    to: query.get('To'),
    from: query.get('From'),
    sentFrom: bound(query.get('DateSent>') ?? day, 'from'),
    sentUntil: bound(query.get('DateSent<') ?? day, 'until'),
  });
  const size = Number(query.get('PageSize') ?? 50);
  const page = Number(query.get('Page') ?? 0);
  const shown = found.slice(page * size, (page + 1) * size);
  const next = new URL(url);
  next.searchParams.set('Page', String(page + 1));
  const body = {
    messages: shown.map((message) => showMessage(message, accountSid)),
    page,
    page_size: size,
    start: page * size,
    end: page * size + Math.max(0, shown.length - 1),
    uri: url.pathname + url.search,
    first_page_uri: url.pathname + url.search,
    next_page_uri: found.length > (page + 1) * size ? next.pathname + next.search : null,
    previous_page_uri: null,
  };
  return { status: 200, body };
}

function one(account: Account, { method, url, form, sid }: Request & { readonly sid: string }): PhoneAnswer {
  const message = account.messages.get(sid);
  if (message === null) return notFound(url.pathname);
  if (method === 'DELETE') {
    account.messages.delete(sid);
    return { status: 204, body: null };
  }
  if (method === 'POST') {
    // Twilio's redaction: an update with an empty body.
    message.body = form.get('Body') ?? message.body;
    account.messages.changed(message);
  }
  return { status: 200, body: showMessage(message, account.accountSid) };
}

export function answerMessages(account: Account, request: Request): PhoneAnswer {
  const root = `/2010-04-01/Accounts/${account.accountSid}`;
  const { pathname } = request.url;
  if (pathname === `${root}.json`)
    return { status: 200, body: { sid: account.accountSid, status: 'active', type: 'Full', friendly_name: 'Simulated phone' } };
  if (pathname === `${root}/Messages.json`) return request.method === 'POST' ? create(account, request.form) : list(account, request.url);
  const sid = pathname.match(/\/Messages\/(SM[0-9a-f]{32})\.json$/)?.[1];
  return sid === undefined || !pathname.startsWith(root) ? notFound(pathname) : one(account, { ...request, sid });
}
