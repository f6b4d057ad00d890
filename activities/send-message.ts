/**
 * One message to a guest or to staff. It reads Seam, compares what it reads with what the message says, and only then sends, all in one
 * breath: a code never lies about between the proof and the telling, and never enters the history.
 */
import { Context } from '@temporalio/activity';
import { FIRST_OF_THE_HOUR } from '../workflows/domain/failure-types.ts';
import { hash } from '../workflows/domain/ids.ts';
import { failure } from './failures.ts';
import { whileBeating } from './heartbeat.ts';
import type { SendInput, SendResult } from './inputs.ts';
import { askNeighbours, residuesIn } from './occupancy.ts';
import type { AccessPort, MailPort, NeighbourPort, SmsPort } from './ports.ts';
import { prove } from './proof.ts';
import type { PropertyLimit } from './property-limit.ts';
import { refusedNumber } from './sms-policy.ts';
import { renderMail } from './words/render-mail.ts';
import { renderSms } from './words/render-sms.ts';

export interface MessageDeps {
  readonly access: AccessPort;
  readonly neighbours: NeighbourPort;
  readonly mail: MailPort;
  readonly sms: SmsPort;
  readonly propertyLimit: PropertyLimit;
  /** Right-hand side of our Message-IDs. */
  readonly mailDomain: string;
  /** Where the SMS service reports to, or null where it could not reach us. */
  readonly statusCallback: (of: { readonly workflowId: string; readonly messageId: string }) => string | null;
  /** The link to a guest's page: the same for the same three. */
  readonly passUrl: (of: { readonly workflowId: string; readonly guestId: string; readonly generation: number }) => string | null;
}

type Proven = SendInput & { readonly secrets: ReadonlyMap<string, string> };

export const createSendMessage =
  (deps: MessageDeps) =>
  (input: SendInput): Promise<SendResult> =>
    whileBeating(async (signal) => {
      const refusal = input.channel === 'sms' ? refusedNumber({ phone: input.recipient.address, countries: input.smsCountries }) : null;
      if (refusal !== null) throw failure({ type: 'SmsRefused', code: refusal });
      const { occupancy: question } = input;
      const neighbours = question === null ? [] : await askNeighbours({ neighbours: deps.neighbours, question });
      const proof = await prove({ access: deps.access, input, signal });
      if (!proof.holds) return { outcome: 'outdated' };
      const providerId = await sendWithinLimit({ deps, input: { ...input, secrets: proof.secrets }, signal });
      return { outcome: 'sent', providerId, ...(question === null ? {} : residuesIn({ question, neighbours })) };
    });

/** What fails has used up nothing. @throws MessageLimit */
async function sendWithinLimit({ deps, input, signal }: Sending): Promise<string> {
  const send = (): Promise<string> => (input.channel === 'email' ? sendMail({ deps, input, signal }) : sendSms({ deps, input, signal }));
  const { limitedBy: propertyId, channel } = input;
  if (propertyId === null) return send();
  const admission = deps.propertyLimit.admit({ propertyId, channel });
  if (!admission.admitted) {
    const { isFirst, retryAfter } = admission;
    throw failure({ type: 'MessageLimit', code: isFirst ? FIRST_OF_THE_HOUR : null, retryAfter });
  }
  try {
    return await send();
  } catch (error) {
    admission.giveBack();
    throw error;
  }
}

interface Sending {
  readonly deps: MessageDeps;
  readonly input: Proven;
  readonly signal: AbortSignal;
}

/** Of the generation that the message claims: what is sent again is the very same. */
function passUrlOf({ deps, input: { notice, workflowId, guestId } }: Omit<Sending, 'signal'>): string | null {
  if (notice.kind !== 'access_ready' && notice.kind !== 'access_changed') return null;
  return deps.passUrl({ workflowId, guestId, generation: notice.facts.pass ?? 0 });
}

async function sendMail({ deps, input, signal }: Sending): Promise<string> {
  const { notice, recipient, sender, secrets, messageId, workflowId } = input;
  const id = `<${messageId}.${hash(workflowId)}@${deps.mailDomain}>`;
  const sent = await deps.mail.send(
    renderMail({ notice, recipient, sender, secrets, passUrl: passUrlOf({ deps, input }), messageId: id }),
    signal,
  );
  return sent.messageId;
}

async function sendSms({ deps, input, signal }: Sending): Promise<string> {
  const { notice, recipient, sender, secrets, messageId, workflowId } = input;
  const body = renderSms({ notice, recipient, sender, secrets, passUrl: passUrlOf({ deps, input }) });
  const { attempt, scheduledTimestampMs } = Context.current().info;
  const lookUpSince = input.lookUpSince ?? (attempt > 1 ? scheduledTimestampMs : null);
  const { sid } = await deps.sms.send(
    { to: recipient.address, body, statusCallback: deps.statusCallback({ workflowId, messageId }), lookUpSince },
    signal,
  );
  return sid;
}
