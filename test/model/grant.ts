/** What the model's Seam holds of one grant, and what a read of it shows. Nothing here is the engine's but the shape of a reading. */
import type { AccessReading, Method, Window } from '../../workflows/domain/access.ts';
import type { DoorSet, Mode } from '../../workflows/domain/property.ts';

export interface ModelMethod {
  readonly id: string;
  readonly mode: Mode;
  /** The code or link; a cloud key has none. */
  secret: string | null;
  state: 'pending' | 'encoding_required' | 'issued' | 'updating' | 'failed';
  isBackup: boolean;
}

/** A card that waits for the desk is as far as Seam can bring it. */
export const isUsable = ({ state }: ModelMethod): boolean => state === 'issued' || state === 'encoding_required';

export interface ModelGrant {
  readonly key: string;
  readonly id: string;
  readonly asked: DoorSet;
  /** Doors that somebody added in Seam. */
  foreign: string[];
  window: Window;
  /** New times that Seam has taken and does not show yet. */
  coming: Window | null;
  readonly methods: ModelMethod[];
  isBeingDeleted: boolean;
}

/** Fixed members: who is asked for this space is asked for these doors. */
const SPACES: Readonly<Record<string, readonly string[]>> = { 'space-3': ['door-103', 'door-103-garden'] };

export const doorsAsked = ({ entrances, devices, spaces }: DoorSet): readonly string[] => [
  ...new Set([...entrances, ...devices, ...spaces.flatMap((space) => SPACES[space] ?? [])]),
];

export const doorsOf = (grant: ModelGrant): readonly string[] => [...doorsAsked(grant.asked), ...grant.foreign];

/** The doors that a method opens: all of its grant's but those out of order. */
export const openedBy = ({ grant, dead }: { grant: ModelGrant; dead: ReadonlySet<string> }): readonly string[] =>
  doorsOf(grant).filter((door) => !dead.has(door));

export const NOTHING: AccessReading = {
  found: false,
  beingDeleted: false,
  accessGrantId: null,
  window: null,
  doors: [],
  spaces: [],
  methods: [],
  problems: [],
};

interface Shown {
  readonly grant: ModelGrant;
  readonly dead: ReadonlySet<string>;
  readonly fingerprint: (secret: string) => string;
}

export function readingOf({ grant, dead, fingerprint }: Shown): AccessReading {
  const methods = grant.methods.map(
    ({ id, mode, state, secret, isBackup }): Method => ({
      ...(mode === 'card' && state === 'issued' ? { outlivesRevocation: true } : {}),
      accessMethodId: id,
      mode,
      state,
      isBackupCode: isBackup,
      fingerprint: secret !== null && state === 'issued' ? fingerprint(secret) : null,
      doors: openedBy({ grant, dead }),
      expiresAt: null,
    }),
  );
  return {
    found: true,
    beingDeleted: grant.isBeingDeleted,
    accessGrantId: grant.id,
    window: grant.window,
    doors: doorsOf(grant).map((id) => ({
      id,
      kind: grant.asked.devices.includes(id) ? 'device' : 'entrance',
      name: `Door ${id}`,
      fault: dead.has(id) ? 'device_offline' : null,
    })),
    spaces: grant.asked.spaces.map((id) => ({ id, key: null, doors: SPACES[id] ?? [] })),
    methods,
    problems: [],
  };
}
