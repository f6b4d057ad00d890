/** The buildings of a simulated Seam workspace: given as data when the simulator starts. A knob changes its doors; requests its spaces, in the state. */
import type { Mode } from './records.ts';

export interface EstateSystem {
  readonly acsSystemId: string;
  readonly name: string;
  readonly timeZone: string;
  /** One of Seam's `external_type` values, for example `salto_ks_site` or `visionline_system`. */
  readonly type: string;
  readonly typeName: string;
}

export interface EstateAccessGroup {
  readonly acsAccessGroupId: string;
  readonly acsSystemId: string;
  readonly name: string;
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
  /** Keeps codes in reserve for those that it fails to take. */
  readonly hasBackupPool?: boolean;
  /** Codes that it holds at a time; 100 where it is left out. */
  readonly mostCodes?: number;
}

export interface EstateSpace {
  readonly spaceId: string;
  readonly spaceKey: string | null;
  readonly name: string;
  entranceIds: readonly string[];
  deviceIds: readonly string[];
}

export interface Estate {
  readonly systems: readonly EstateSystem[];
  readonly encoders: readonly EstateEncoder[];
  readonly accessGroups?: readonly EstateAccessGroup[];
  readonly entrances: readonly EstateEntrance[];
  readonly devices: readonly EstateDevice[];
  readonly spaces: readonly EstateSpace[];
}
