/** The read before the word (rule 12): whether Seam shows, now, what a message is about to say; and the secrets that it will say. */
import { roomFactOf } from '../workflows/domain/issuance.ts';
import type { Facts, RoomFact } from '../workflows/domain/notice.ts';
import { sameFacts } from '../workflows/domain/truth.ts';
import type { SendInput } from './inputs.ts';
import type { AccessPort } from './ports.ts';

export type Proof = { readonly holds: true; readonly secrets: ReadonlyMap<string, string> } | { readonly holds: false };

interface Question {
  readonly access: AccessPort;
  readonly input: SendInput;
  readonly signal: AbortSignal;
}

const FAILS: Proof = { holds: false };
const NOTHING_TO_SAY: Proof = { holds: true, secrets: new Map() };

export async function prove({ access, input, signal }: Question): Promise<Proof> {
  const { notice } = input;
  switch (notice.kind) {
    case 'access_ready':
    case 'access_changed':
      return proveAccess({ access, input, signal, facts: notice.facts });
    case 'access_ended':
      return (await isAllGone({ access, input, signal })) ? NOTHING_TO_SAY : FAILS;
    case 'access_pending':
    case 'contact_changed':
    case 'staff_alert':
      return NOTHING_TO_SAY;
  }
}

async function isAllGone({ access, input, signal }: Question): Promise<boolean> {
  const readings = await Promise.all(input.proof.map((grant) => access.read(grant, signal)));
  return readings.every((reading) => !reading.found);
}

async function proveAccess({ facts, ...question }: Question & { facts: Facts }): Promise<Proof> {
  const rooms = await Promise.all(facts.rooms.map((room) => proveRoom({ ...question, room })));
  const secrets = rooms.flatMap((room) => room ?? []);
  return rooms.includes(null) ? FAILS : { holds: true, secrets: new Map(secrets) };
}

/** The secrets of one room's keys, or null where Seam shows anything else than the fact. */
async function proveRoom({
  access,
  input,
  signal,
  room,
}: Question & { room: RoomFact }): Promise<readonly (readonly [string, string])[] | null> {
  const grant = input.proof.find(({ grantKey }) => grantKey === room.grantKey) ?? { grantKey: room.grantKey, fingerprintKeyId: null };
  const reading = await access.read(grant, signal);
  const shown = roomFactOf({ access: room, reading, window: room.window });
  if (shown === null || !sameFacts({ rooms: [shown] }, { rooms: [room] })) return null;
  const spoken = shown.keys.filter((key) => key.fingerprint !== null);
  const keys = await Promise.all(
    spoken.map(async ({ accessMethodId, fingerprint }) => {
      const credential = await access.secret({ ...grant, accessMethodId }, signal);
      const isSame = credential.issued && credential.secret !== null && credential.fingerprint === fingerprint;
      return isSame && credential.secret !== null ? ([accessMethodId, credential.secret] as const) : null;
    }),
  );
  return keys.every((key) => key !== null) ? keys : null;
}
