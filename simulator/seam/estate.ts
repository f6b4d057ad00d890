/** The buildings of a simulated Seam workspace: given as data when the simulator starts, changed by a knob only. */
import type { Mode } from './records.ts';

export interface EstateSystem {
  readonly acsSystemId: string;
  readonly name: string;
  readonly timeZone: string;
  /** One of Seam's `external_type` values, for example `salto_ks_site` or `visionline_system`. */
  readonly type: string;
  readonly typeName: string;
}

export interface EstateEncoder {
  readonly acsEncoderId: string;
  readonly acsSystemId: string;
  readonly name: string;
}

export interface EstateEntrance {
  readonly acsEntranceId: string;
  readonly acsSystemId: string;
  readonly name: string;
  opensWith: readonly Mode[];
  /** True on systems where a grant of this door may carry a `reservation_key`. */
  readonly canBelongToReservation: boolean;
}

/** A lock that hangs on no access control system: it takes codes, and remote unlocking where it can. */
export interface EstateDevice {
  readonly deviceId: string;
  readonly name: string;
  readonly timeZone: string;
  opensWith: readonly ('code' | 'cloud_key')[];
}

export interface EstateSpace {
  readonly spaceId: string;
  readonly spaceKey: string;
  readonly name: string;
  entranceIds: readonly string[];
  deviceIds: readonly string[];
}

export interface Estate {
  readonly systems: readonly EstateSystem[];
  readonly encoders: readonly EstateEncoder[];
  readonly entrances: readonly EstateEntrance[];
  readonly devices: readonly EstateDevice[];
  readonly spaces: readonly EstateSpace[];
}
