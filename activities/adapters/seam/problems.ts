/** What Seam says is wrong with a grant, in our words: Seam's own texts may name a guest, and change from day to day. */
import type { AccessReading, Door } from '../../../workflows/domain/access.ts';
import { modesOfDoors, spokenMode } from './door-modes.ts';
import type { SeamDoors, SeamGrant, SeamMethod } from './schemas.ts';

type Problem = AccessReading['problems'][number];
type Entrance = SeamDoors['acs_entrances'][number];

const UNMADE = 'cannot_create_requested_access_methods';

/** Told by other parts of a reading. */
const NO_PROBLEM = new Set(['being_deleted', 'updating_access_times', 'pulled_backup_access_code', 'failed_to_issue']);

/** What follows the name of the door, or the name of the mode. */
const SAYINGS: Readonly<Record<string, string>> = {
  [UNMADE]: 'could not be given the access that was asked for',
  underprovisioned_access: 'does not have all of the access yet; Seam keeps trying',
  overprovisioned_access: 'still has access that should be gone; Seam keeps trying',
  device_does_not_support_access_codes: 'takes no codes',
  requested_code_unavailable: 'has another code than the one that was asked for',
  device_time_constraints_violated: 'cannot be programmed with these times',
  delay_in_issuing: 'is late; Seam keeps trying',
  user_identity_missing_email_address: 'needs the e-mail address of the guest',
  user_identity_missing_phone_number: 'needs the phone number of the guest',
};

interface Told {
  readonly grant: SeamGrant;
  readonly methods: readonly SeamMethod[];
  readonly entrances: readonly Entrance[];
  readonly doors: readonly Door[];
}

export function problemsOf({ grant, methods, entrances, doors }: Told): AccessReading['problems'] {
  const at = ({ code, doorId, detail = '' }: { code: string; doorId: string | null; detail?: string | undefined }): Problem => {
    const subject = doorId === null ? 'A door of this grant' : (doors.find((door) => door.id === doorId)?.name ?? doorId);
    return { code, doorId, text: `${subject} ${saying(code)}${detail}` };
  };
  const errors = grant.errors.flatMap(({ error_code: code, missing_device_ids }) => {
    const impossible = code === UNMADE ? impossibleEntrances({ grant, entrances }) : [];
    if (missing_device_ids.length + impossible.length === 0) return [at({ code, doorId: null })];
    return [...missing_device_ids.map((doorId) => at({ code, doorId })), ...impossible];
  });
  const warnings = grant.warnings.flatMap(({ warning_code: code, device_id, failed_devices, reason }) => {
    const ids = failed_devices.length > 0 ? failed_devices.map((failed) => failed.device_id) : [device_id ?? null];
    return ids.map((doorId) => at({ code, doorId, detail: reason ? ` (${word(reason)})` : undefined }));
  });
  return [...errors, ...warnings, ...methods.flatMap(methodProblems)].filter((problem) => !NO_PROBLEM.has(problem.code)).map(plain);
}

/** Seam names devices only: which entrances it means follows from what they can be opened with. */
function impossibleEntrances({ grant, entrances }: Pick<Told, 'grant' | 'entrances'>): readonly Problem[] {
  const asked = grant.requested_access_methods.map((requested) => requested.mode);
  return entrances.flatMap((entrance) => {
    const [door] = modesOfDoors({ acs_entrances: [entrance], devices: [] });
    const unable = asked.filter((mode) => door?.can[mode] === false);
    if (unable.length === 0) return [];
    const text = `${entrance.display_name ?? entrance.acs_entrance_id} cannot be opened with ${unable.map(spoken).join(', ')}`;
    return [{ code: UNMADE, doorId: entrance.acs_entrance_id, text }];
  });
}

function methodProblems({ mode, errors, warnings }: SeamMethod): readonly Problem[] {
  const codes = [...errors.map((error) => error.error_code), ...warnings.map((warning) => warning.warning_code)];
  return codes.map((code) => ({ code, doorId: null, text: `The ${spoken(mode)} of this grant ${saying(code)}` }));
}

const spoken = (mode: string): string => spokenMode(word(mode));
const saying = (code: string): string => SAYINGS[code] ?? `has a problem that Seam calls ${word(code)}`;
const plain = (problem: Problem): Problem => ({ ...problem, code: word(problem.code) });

/** Codes are words of Seam's vocabulary; anything else could be prose. */
const word = (code: string): string => (/^\w{1,64}$/.test(code) ? code : 'unknown');
