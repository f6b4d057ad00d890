/** What the locks of a grant say of codes: `supported_code_lengths` and `code_constraints` of devices (OpenAPI 1.1038.0). */
import type { CodeRules } from '../../code-choice.ts';
import type { SeamDoors } from './schemas.ts';

const runsOf = (code: string, step: number): number => {
  let longest = 1;
  let run = 1;
  for (let i = 1; i < code.length; i += 1) {
    run = Number(code[i]) - Number(code[i - 1]) === step ? run + 1 : 1;
    longest = Math.max(longest, run);
  }
  return longest;
};

/** By Seam's name of the constraint; the others are about names and times, and say nothing of digits. */
const CONSTRAINTS: Readonly<Record<string, (code: string) => boolean>> = {
  no_zeros: (code) => !code.includes('0'),
  cannot_start_with_12: (code) => !code.startsWith('12'),
  no_triple_consecutive_ints: (code) => runsOf(code, 1) < 3 && runsOf(code, -1) < 3,
  no_ascending_or_descending_sequence: (code) => runsOf(code, 1) < 3 && runsOf(code, -1) < 3,
  at_least_three_unique_digits: (code) => new Set(code).size >= 3,
  cannot_contain_089: (code) => !/[089]/.test(code),
  cannot_contain_0789: (code) => !/[0789]/.test(code),
  no_all_same_digits: (code) => new Set(code).size > 1,
  /** The lock or its maker makes the codes. */
  cannot_specify_pin_code: () => false,
  pin_code_matches_existing_set: () => false,
};

export function codeRulesOf({ devices }: SeamDoors): CodeRules {
  const named = devices.flatMap(({ properties }) => properties?.supported_code_lengths ?? []);
  const lengths = named.filter((length) =>
    devices.every(
      ({ properties }) => (properties?.supported_code_lengths ?? []).length === 0 || properties?.supported_code_lengths.includes(length),
    ),
  );
  const constraints = devices.flatMap(({ properties }) => properties?.code_constraints ?? []);
  return {
    lengths: named.length === 0 ? null : lengths,
    allows: (code) => constraints.every(({ constraint_type }) => CONSTRAINTS[constraint_type]?.(code) ?? true),
  };
}
