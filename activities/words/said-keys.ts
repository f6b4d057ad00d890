/** The keys of one room as they are said: each code once, with its doors where it does not open all of them. */
import type { KeyFact, RoomFact } from '../../workflows/domain/notice.ts';
import { failure } from '../failures.ts';
import { grouped } from './keypad.ts';

export type SaidKey =
  /** `doors`: ids, and only where the code opens fewer than all of the room's. */
  | { readonly kind: 'code'; readonly code: string; readonly doors: readonly string[] }
  | { readonly kind: 'mobile_key'; readonly url: string }
  /** A card, or a mobile key without a link, which only an app of the property's own can take. */
  | { readonly kind: 'at_desk'; readonly mode: 'card' | 'mobile_key'; readonly count: number };

interface Asked {
  readonly room: RoomFact;
  readonly keys: readonly KeyFact[];
  /** Digits or link by access method. */
  readonly secrets: ReadonlyMap<string, string>;
}

/** A cloud key has nothing to say here: the guest's page opens its doors. Throws `Unexpected` (`secret_missing`) for a key without its secret. */
export function saidKeys({ room, keys, secrets }: Asked): readonly SaidKey[] {
  const codes = doorsByCode({ keys: keys.filter(({ mode }) => mode === 'code'), secrets });
  const mobile = keys.filter(({ mode }) => mode === 'mobile_key');
  const links = new Set(mobile.filter(({ fingerprint }) => fingerprint !== null).map((key) => secretOf({ key, secrets })));
  const atDesk = (['card', 'mobile_key'] as const).map((mode) => ({
    mode,
    count: keys.filter((key) => key.mode === mode && (mode === 'card' || key.fingerprint === null)).length,
  }));
  return [
    ...[...codes].map(
      ([code, doors]): SaidKey => ({ kind: 'code', code: grouped(code), doors: opensAll({ room, doors }) ? [] : [...doors] }),
    ),
    ...[...links].map((url): SaidKey => ({ kind: 'mobile_key', url })),
    ...atDesk.flatMap((some): readonly SaidKey[] => (some.count === 0 ? [] : [{ kind: 'at_desk', ...some }])),
  ];
}

/** Two locks of a room often hold the same digits under two methods; the guest needs them once. */
function doorsByCode({ keys, secrets }: Omit<Asked, 'room'>): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, ReadonlySet<string>>();
  for (const key of keys) {
    const code = secretOf({ key, secrets });
    found.set(code, new Set([...(found.get(code) ?? []), ...key.doors]));
  }
  return found;
}

const opensAll = ({ room, doors }: { readonly room: RoomFact; readonly doors: ReadonlySet<string> }): boolean =>
  room.doors.every(({ id }) => doors.has(id));

/** A message without the key that it announces would be untrue, so there is none. */
function secretOf({ key, secrets }: { readonly key: KeyFact; readonly secrets: ReadonlyMap<string, string> }): string {
  const secret = secrets.get(key.accessMethodId);
  if (secret === undefined || secret.trim() === '') throw failure({ type: 'Unexpected', code: 'secret_missing' });
  return secret;
}
