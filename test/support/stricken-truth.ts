/** What is wrong with a house after everything: by what lies in Seam, in the mailbox and on the phone, then by what the engine says. */
import type { ReceivedMessage } from '../../simulator/received-message.ts';
import type { StrickenHouse } from './stricken-house.ts';
import { type Course, type Stay, view } from './stricken-stays.ts';

interface Expectation {
  readonly messages: readonly number[];
  readonly readiness: 'ready' | 'closed';
  /** Which message says the code that opens. */
  readonly codeIn: number | null;
}

const EXPECTED: Readonly<Record<Course, Expectation>> = {
  kept: { messages: [1], readiness: 'ready', codeIn: 0 },
  extended: { messages: [2], readiness: 'ready', codeIn: 0 },
  moved: { messages: [2], readiness: 'ready', codeIn: 1 },
  cancelled: { messages: [2], readiness: 'closed', codeIn: null },
  // These two end at any moment of being told, or before it.
  withdrawn: { messages: [0, 1, 2], readiness: 'closed', codeIn: null },
  departing: { messages: [0, 1], readiness: 'closed', codeIn: null },
};

interface InSeam {
  readonly id: string;
  readonly key: string;
  readonly codes: readonly string[];
}

async function grantsOf({ workspace: { seam } }: StrickenHouse): Promise<readonly InSeam[]> {
  const grants = await seam.accessGrants.list();
  return Promise.all(
    grants.map(async ({ access_grant_id: id, access_grant_key: key }) => {
      const methods = await seam.accessMethods.list({ access_grant_id: id });
      return { id, key: key ?? '', codes: methods.flatMap(({ code }) => code ?? []) };
    }),
  );
}

/** By Message-ID or SID, in the order of their first arrival: a mail may come twice where its end was unknown, an SMS never. */
function toldBy(received: readonly ReceivedMessage[]): readonly ReceivedMessage[] {
  const first = new Map<string, ReceivedMessage>();
  for (const message of received) if (!first.has(message.messageId)) first.set(message.messageId, message);
  return [...first.values()];
}

const isOther = (a: ReceivedMessage, b: ReceivedMessage): boolean =>
  a.messageId === b.messageId && (a.text !== b.text || a.subject !== b.subject);

function messagesWrong({
  stay,
  received,
  codes,
}: {
  stay: Stay;
  received: readonly ReceivedMessage[];
  codes: readonly string[];
}): readonly string[] {
  const { messages, codeIn } = EXPECTED[stay.course];
  const told = toldBy(received);
  const twice = received.some((message) => received.some((other) => isOther(message, other))) ? ['other words under one Message-ID'] : [];
  const number = messages.includes(told.length) ? [] : [`${told.length} messages instead of ${messages.join(' or ')}`];
  const said = codeIn === null ? '' : (told[codeIn]?.text ?? '').replaceAll(/\s/g, '');
  const isTrue = codeIn === null || (codes.length > 0 && codes.every((code) => said.includes(code)));
  return [...twice, ...number, ...(isTrue ? [] : ['not the code that opens'])];
}

/** One text for each thing that is not as it has to be, or not yet. */
export async function wrongOutside({ house, stays }: { house: StrickenHouse; stays: readonly Stay[] }): Promise<readonly string[]> {
  const grants = await grantsOf(house);
  const wrong = stays.flatMap((stay) => {
    const own = grants.filter(({ key }) => key.startsWith(`latchkey:pms:${stay.id}#`));
    const codes = own.flatMap((grant) => grant.codes);
    const live = EXPECTED[stay.course].readiness === 'ready' ? 1 : 0;
    const byMail = house.mailbox.messages().filter(({ to }) => to === stay.email);
    const bySms = house.phone.messages().filter(({ to }) => to === stay.phone);
    return [
      ...(own.length === live ? [] : [`${own.length} grants instead of ${live}`]),
      ...messagesWrong({ stay, received: byMail, codes }).map((what) => `mail: ${what}`),
      ...messagesWrong({ stay, received: bySms, codes }).map((what) => `SMS: ${what}`),
    ].map((what) => `${stay.id} (${stay.course}): ${what}`);
  });
  const strangers = grants.filter(({ key }) => !stays.some(({ id }) => key.startsWith(`latchkey:pms:${id}#`)));
  return [...wrong, ...strangers.map(({ key }) => `a grant of nobody's: ${key}`)];
}

export async function wrongInside({ house, stays }: { house: StrickenHouse; stays: readonly Stay[] }): Promise<readonly string[]> {
  const found: string[] = [];
  for (const stay of stays) {
    const seen = await view({ house, stay });
    const { readiness } = EXPECTED[stay.course];
    const version = stay.change === null ? 1 : 2;
    if (seen === null && stay.course === 'departing') continue;
    if (seen?.readiness === readiness && seen.version === version) continue;
    found.push(
      `${stay.id} (${stay.course}) reads ${seen?.readiness ?? 'nothing'}, version ${seen?.version ?? 'none'}: ${JSON.stringify(seen?.reasons)}`,
    );
  }
  return found;
}
