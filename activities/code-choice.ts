/**
 * The digits that a property's policy asks Seam for. They are chosen here, where they are sent, and kept nowhere; what Seam set in the
 * end is always read back.
 */
import { createHmac, hkdfSync, randomInt } from 'node:crypto';
import type { CodeWish, GrantRequest } from './ports.ts';

const PURPOSE = 'latchkey codes';
const KEY_BYTES = 32;

/** null: Seam chooses. */
export type CodeChoice = (request: Pick<GrantRequest, 'grantKey' | 'codeWish'>) => string | null;

/** The first key makes the codes that are fixed per reservation: whoever knows a reservation's number must not know its code. */
export function createCodeChoice([first]: readonly { readonly key: Buffer }[]): CodeChoice {
  const key = Buffer.from(hkdfSync('sha256', first?.key ?? '', '', PURPOSE, KEY_BYTES));
  const ofStay = ({ workflowId, length }: { readonly workflowId: string; readonly length: number }): string => {
    const digest = createHmac('sha256', key).update(workflowId).digest();
    return String(digest.readUIntBE(0, 6) % 10 ** length).padStart(length, '0');
  };
  return ({ grantKey, codeWish }) => {
    if (codeWish === undefined) return null;
    const workflowId = grantKey.slice(0, grantKey.lastIndexOf('#'));
    return chosen({ ...codeWish, ofStay: (length) => ofStay({ workflowId, length }) });
  };
}

function chosen({ by, length, phone, ofStay }: CodeWish & { readonly ofStay: (length: number) => string }): string | null {
  const digits = phone?.replaceAll(/\D/g, '') ?? '';
  switch (by) {
    case 'random':
      return Array.from({ length }, () => randomInt(10)).join('');
    case 'phone':
      return digits.length < length ? null : digits.slice(-length);
    case 'reservation':
      return ofStay(length);
  }
}
