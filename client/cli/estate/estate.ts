/** What a Seam workspace has: systems, entrances, locks, spaces and encoders, and what each can do. Read whole, by lists. Reads only. */
import { z } from 'zod';
import { connectToSeam, type SeamCalls, type SeamConnection } from '../../../activities/adapters/seam/calls.ts';
import type { Mode } from '../../../workflows/domain/property.ts';
import { Refused } from '../failure.ts';

export interface System {
  readonly id: string;
  readonly name: string;
  /** Seam's `external_type`. */
  readonly type: string;
  readonly timeZone: string | null;
  readonly isCredentialManager: boolean;
  /** Seam's codes. */
  readonly errors: readonly string[];
}

/** An entrance, or a lock that hangs on no access system. */
export interface DoorOfHouse {
  readonly id: string;
  readonly kind: 'entrance' | 'device';
  readonly name: string;
  readonly opensBy: readonly Mode[];
  /** null: a lock of its own. */
  readonly systemId: string | null;
  /** null where Seam does not know; an entrance has that of its system. */
  readonly timeZone: string | null;
  readonly spaceIds: readonly string[];
  readonly canBelongToReservation: boolean;
  readonly errors: readonly string[];
}

export interface SpaceOfHouse {
  readonly id: string;
  readonly key: string | null;
  readonly name: string;
}

export interface Encoder {
  readonly id: string;
  readonly name: string;
  readonly systemId: string;
}

export interface Estate {
  readonly systems: readonly System[];
  readonly doors: readonly DoorOfHouse[];
  readonly spaces: readonly SpaceOfHouse[];
  readonly encoders: readonly Encoder[];
}

/** Milliseconds for all of it. */
const PATIENCE = 120_000;
const MODES: readonly Mode[] = ['code', 'card', 'mobile_key', 'cloud_key'];

const can = z.boolean().nullish();
const errors = z.array(z.object({ error_code: z.string() })).default([]);
const ids = z.array(z.string()).nullish();
const place = z.object({ time_zone: z.string().nullish() }).nullish();

const system = z.object({
  acs_system_id: z.string(),
  name: z.string(),
  external_type: z.string().nullish(),
  is_credential_manager: z.boolean(),
  location: place,
  errors,
});
const entrance = z.object({
  acs_entrance_id: z.string(),
  acs_system_id: z.string(),
  display_name: z.string(),
  can_unlock_with_code: can,
  can_unlock_with_card: can,
  can_unlock_with_mobile_key: can,
  can_unlock_with_cloud_key: can,
  can_belong_to_reservation: can,
  space_ids: ids,
  errors,
});
/** A lock that stands alone takes codes, and opens from afar. */
const device = z.object({
  device_id: z.string(),
  display_name: z.string(),
  can_unlock_with_code: can,
  can_program_online_access_codes: can,
  can_program_offline_access_codes: can,
  can_remotely_unlock: can,
  location: place,
  space_ids: ids,
  errors,
});
const space = z.object({ space_id: z.string(), space_key: z.string().nullish(), name: z.string() });
const encoder = z.object({ acs_encoder_id: z.string(), acs_system_id: z.string(), display_name: z.string() });

/** @throws Refused where Seam cannot be asked */
export async function readEstate(connection: SeamConnection): Promise<Estate> {
  try {
    return await read(connectToSeam(connection)(AbortSignal.timeout(PATIENCE)));
  } catch (error) {
    const why = error instanceof Error ? error.message : 'it was not reached';
    throw new Refused(`Seam could not be asked for its doors: ${why}.`);
  }
}

async function read(seam: SeamCalls): Promise<Estate> {
  const [systems, entrances, devices, spaces, encoders] = await Promise.all([
    seam.read({ answer: z.array(system), send: (api) => api.acs.systems.list() }),
    seam.read({ answer: z.array(entrance), send: (api) => api.createPaginator(api.acs.entrances.list()).flattenToArray() }),
    seam.read({ answer: z.array(device), send: (api) => api.createPaginator(api.devices.list()).flattenToArray() }),
    seam.read({ answer: z.array(space), send: (api) => api.createPaginator(api.spaces.list()).flattenToArray() }),
    seam.read({ answer: z.array(encoder), send: (api) => api.createPaginator(api.acs.encoders.list()).flattenToArray() }),
  ]);
  const known = systems.map(systemOf);
  return {
    systems: known,
    doors: [...entrances.map((one) => entranceOf({ entrance: one, systems: known })), ...devices.map(deviceOf)],
    spaces: spaces.map(({ space_id: id, space_key, name }) => ({ id, key: space_key ?? null, name })),
    encoders: encoders.map(({ acs_encoder_id: id, acs_system_id: systemId, display_name: name }) => ({ id, name, systemId })),
  };
}

const codes = (all: z.infer<typeof errors>): readonly string[] => all.map((error) => error.error_code);

const systemOf = (of: z.infer<typeof system>): System => ({
  id: of.acs_system_id,
  name: of.name,
  type: of.external_type ?? 'unknown',
  timeZone: of.location?.time_zone ?? null,
  isCredentialManager: of.is_credential_manager,
  errors: codes(of.errors),
});

function entranceOf({ entrance: of, systems }: { entrance: z.infer<typeof entrance>; systems: readonly System[] }): DoorOfHouse {
  return {
    id: of.acs_entrance_id,
    kind: 'entrance',
    name: of.display_name,
    opensBy: MODES.filter((mode) => of[`can_unlock_with_${mode}`] === true),
    systemId: of.acs_system_id,
    timeZone: systems.find(({ id }) => id === of.acs_system_id)?.timeZone ?? null,
    spaceIds: of.space_ids ?? [],
    canBelongToReservation: of.can_belong_to_reservation === true,
    errors: codes(of.errors),
  };
}

function deviceOf(of: z.infer<typeof device>): DoorOfHouse {
  const isProgrammable = of.can_program_online_access_codes === true || of.can_program_offline_access_codes === true;
  const takesCodes = isProgrammable && of.can_unlock_with_code !== false;
  return {
    id: of.device_id,
    kind: 'device',
    name: of.display_name,
    opensBy: [...(takesCodes ? ['code' as const] : []), ...(of.can_remotely_unlock === true ? ['cloud_key' as const] : [])],
    systemId: null,
    timeZone: of.location?.time_zone ?? null,
    spaceIds: of.space_ids ?? [],
    canBelongToReservation: false,
    errors: codes(of.errors),
  };
}
