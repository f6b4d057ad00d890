/** A message as a channel receives it: by what right it was sent, and what its words say. */
import { Context } from '@temporalio/activity';
import type { SendInput } from '../../activities/inputs.ts';
import { promise } from './promise.ts';
import { provenContent } from './proof.ts';
import type { ModelSeam } from './seam.ts';
import type { WorkflowStay } from './workflow-stay.ts';

interface Delivered {
  readonly stay: WorkflowStay;
  readonly letter: { readonly messageId: string; readonly address: string; readonly text: string; readonly lookUpSince: number | null };
  /** What others see, too: a subject, a calendar file. */
  readonly open: string;
}

/** Its number at the service. @throws BrokenPromise */
export function deliver({ stay, letter, open }: Delivered): string {
  const { messageId, address, text, lookUpSince } = letter;
  const input = stay.sending.get(messageId);
  if (input === undefined) throw new Error(`nobody sends ${messageId}`);
  const { guestId, channel, notice, proof, recipient } = input;
  const { seam } = stay;
  const content = provenContent({ seam, notice, grantKeys: proof.map(({ grantKey }) => grantKey) });
  promise({ kept: content !== null, what: 'nobody is told what a read of Seam does not show', details: notice });
  promise({ kept: address === recipient.address, what: 'a message goes to whom it was meant for' });
  promise({ kept: secretsIn({ seam, text: open }).length === 0, what: 'no code is in a subject or calendar file', details: open });
  ofWords({ seam, notice, text });
  const rooms = 'facts' in notice ? notice.facts.rooms : [];
  const grantKeys = rooms.map(({ grantKey }) => grantKey);
  const ends = Object.fromEntries(rooms.map(({ grantKey, window }) => [grantKey, window.endsAt]));
  const posting = {
    messageId,
    guestId,
    channel,
    address,
    kind: notice.kind,
    content: content ?? '',
    grantKeys,
    ends,
    // Never before it was asked for, however much the two clocks differ.
    at: Math.max(stay.now, Context.current().info.scheduledTimestampMs),
    lookUpSince,
  };
  return stay.post.take(posting);
}

/** Codes and links that open something now, and all of them when a guest hears of a room for the first time. */
function ofWords({ seam, notice, text }: { seam: ModelSeam; notice: SendInput['notice']; text: string }): void {
  const said = secretsIn({ seam, text });
  const grants = 'facts' in notice ? notice.facts.rooms.flatMap(({ grantKey }) => seam.grants.get(grantKey) ?? []) : [];
  const held = grants.flatMap(({ methods }) =>
    methods.flatMap(({ state, secret }) => (state === 'issued' && secret !== null ? secret : [])),
  );
  promise({
    kept: said.every((secret) => held.includes(secret)),
    what: 'no message says a code that does not open',
    details: { said, held },
  });
  const isWhole = notice.kind !== 'access_ready' || held.every((secret) => said.includes(secret));
  promise({ kept: isWhole, what: 'the first message says every code', details: { said, held } });
}

/** Digits are said in groups. */
const secretsIn = ({ seam, text }: { seam: ModelSeam; text: string }): readonly string[] => {
  const plain = text.replaceAll(/(?<=\d)[ \u00A0\u202F](?=\d)/g, '');
  return [...seam.secrets.all].filter((secret) => plain.includes(secret));
};
