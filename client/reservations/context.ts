/** What every part of the façade works with, and how far an asker may reach. */
import type { Client } from '@temporalio/client';
import type { Configuration } from '../../config/configuration.ts';
import { workflowIdOf } from '../../workflows/domain/ids.ts';
import type { ReservationKey } from '../../workflows/domain/reservation.ts';

export interface Context {
  readonly client: Client;
  readonly taskQueue: string;
  /** Begins every workflow id and every grant key of this installation. */
  readonly deployment: string;
  readonly configuration: Configuration;
}

export type Address = Pick<ReservationKey, 'source' | 'reservationId'>;

/** null: all of them. */
export interface Scope {
  readonly sources: readonly string[] | null;
  readonly properties: readonly string[] | null;
}

export const EVERYTHING: Scope = { sources: null, properties: null };

export const within = (allowed: readonly string[] | null, name: string): boolean => allowed === null || allowed.includes(name);

export const keyOf = ({ deployment, address }: { deployment: string; address: Address }): ReservationKey => ({
  ...address,
  workflowId: workflowIdOf({ deployment, ...address }),
});
