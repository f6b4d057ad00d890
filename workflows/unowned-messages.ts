/** What travels to the workflow that tells staff of grants which nobody owns. */
import { defineSignal } from '@temporalio/workflow';
import type { StaffContact } from './domain/notice.ts';

export const UNOWNED_TYPE = 'unownedGrants';

export interface UnownedArguments {
  /** Ids of the grants that earlier runs have told of. */
  readonly told: readonly string[];
}

export interface UnownedReport {
  readonly staff: StaffContact;
  /** `what`: the key of the reservation that the grant's key names. */
  readonly grants: readonly { readonly accessGrantId: string; readonly what: string }[];
}

export const unownedSignal = defineSignal<[UnownedReport]>('report');
