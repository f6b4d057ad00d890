/** How an erasure is started, shared with what starts it. */

export const ERASURE_TYPE = 'erasure';

/** No personal data: it stays in the history of the erasure, which nobody erases before Temporal does. */
export interface ErasureInput {
  readonly workflowId: string;
  /** The name of the token that asked; null: the time has come. */
  readonly by: string | null;
}
