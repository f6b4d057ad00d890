/** The mailbox as a page: texts only, each escaped, so that nothing of a message is ever run or loaded. */
import { escapeHtml } from '../../activities/words/escape-html.ts';
import type { MailboxMessage } from './mailbox-route.ts';

const STYLE = `body{font:16px/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color-scheme:light dark}
article{border:1px solid #8888;border-radius:.5rem;padding:1rem;margin:1rem 0}
h2{font-size:1rem;margin:0}p{margin:.25rem 0;opacity:.75}pre{white-space:pre-wrap;overflow-wrap:anywhere;font:inherit;margin:.75rem 0 0}`;

/** Loads itself anew every few seconds, so that a message can be watched arriving. */
export function mailboxPage(messages: readonly MailboxMessage[]): string {
  const articles = messages.length > 0 ? messages.map(article).join('\n') : '<p>Nothing has arrived yet.</p>';
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta http-equiv="refresh" content="3"><title>Mailbox</title><style>${STYLE}</style></head>
<body>
<h1>Mailbox</h1>
<p>Mail and SMS that the stand-ins on this machine received. Nothing of it was sent on.</p>
${articles}
</body>
</html>
`;
}

function article({ channel, to, at, subject, text }: MailboxMessage): string {
  const title = channel === 'sms' ? 'SMS' : escapeHtml(subject);
  return `<article><h2>${title}</h2><p>to ${escapeHtml(to)} at <time>${escapeHtml(at)}</time></p><pre>${escapeHtml(text)}</pre></article>`;
}
