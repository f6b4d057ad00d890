/**
 * Chooses the digits that a grant asks for, right where it is made, so that they are in no history. Never a code that a stranger tries
 * first, and none that a lock of the grant would refuse.
 */
import { createHmac, hkdfSync, randomInt } from 'node:crypto';
import type { CodeWish } from '../workflows/domain/code-wish.ts';

const PURPOSE = 'latchkey code';
const KEY_BYTES = 32;
/** Drawn anew so often where a code is not allowed; then the choice is left to Seam. */
const TRIES = 200;
/** What Seam takes as a wish (OpenAPI 1.1038.0, `/access_grants/create`). */
const LENGTHS = [4, 5, 6, 7, 8, 9] as const;

/** What the locks of a grant take. */
export interface CodeRules {
  /** null: no lock says. */
  readonly lengths: readonly number[] | null;
  /** Whether a lock that says what it takes would take these digits. */
  readonly allows: (code: string) => boolean;
}

export interface CodeChoice {
  /** null: Seam chooses. */
  choose(asked: { readonly wish: CodeWish; readonly rules: CodeRules }): string | null;
}

/** The encryption keys, the first being the one in use. @throws Error when there is none */
export function createCodeChoice(keys: readonly { readonly id: string; readonly key: Buffer }[]): CodeChoice {
  const derived = keys.map(({ id, key }) => ({ id, key: Buffer.from(hkdfSync('sha256', key, '', PURPOSE, KEY_BYTES)) }));
  const [first] = derived;
  if (first === undefined) throw new Error('No encryption key to derive codes from: set LATCHKEY_ENCRYPTION_KEYS.');
  const digits = ({ wish, length, draw }: { wish: CodeWish; length: number; draw: number }): string | null => {
    switch (wish.by) {
      case 'random':
        return Array.from({ length }, () => randomInt(10)).join('');
      case 'phone':
        return draw === 0 ? lastDigits({ phone: wish.phone ?? '', length }) : null;
      case 'reservation': {
        const { key } = derived.find(({ id }) => id === wish.keyId) ?? first;
        const digest = createHmac('sha256', key).update(`${wish.seed} ${length} ${draw}`).digest();
        return String(digest.readBigUInt64BE() % 10n ** BigInt(length)).padStart(length, '0');
      }
    }
  };
  return {
    choose({ wish, rules }) {
      const length = fittingLength({ wanted: wish.length, lengths: rules.lengths });
      if (length === null) return null;
      for (let draw = 0; draw < TRIES; draw += 1) {
        const code = digits({ wish, length, draw });
        if (code === null) return null;
        if (!isTrivial(code) && rules.allows(code)) return code;
      }
      return null;
    },
  };
}

/** The wanted length, else the next longer one that the locks take, else the next shorter. */
function fittingLength({ wanted, lengths }: { wanted: number; lengths: readonly number[] | null }): number | null {
  const possible = LENGTHS.filter((length) => lengths === null || lengths.includes(length));
  return possible.find((length) => length >= wanted) ?? possible.at(-1) ?? null;
}

function lastDigits({ phone, length }: { phone: string; length: number }): string | null {
  const digits = phone.replace(/\D/g, '');
  return digits.length > length ? digits.slice(-length) : null;
}

/** One digit or one pattern over and over, or a run up or down: `0000`, `1212`, `1234`, `9876`. */
export function isTrivial(code: string): boolean {
  const isRepeated = /^(\d+?)\1+$/.test(code);
  const isRun = (step: number): boolean =>
    [...code].every((digit, i) => i === 0 || (Number(code[i - 1]) + step + 10) % 10 === Number(digit));
  return isRepeated || isRun(1) || isRun(-1);
}
