/** How a stay stands as seen from outside of its workflow: what decides whether news still tells it something, and whose a grant is. */

export interface Standing {
  readonly workflowId: string;
  /** `over`: it ended by itself, with everything proven. `broken_off`: somebody or something ended it, and nothing is proven. */
  readonly state: 'running' | 'over' | 'broken_off';
  /** null: not known. */
  readonly readiness: string | null;
  readonly propertyId: string | null;
  /** The grants that it holds, and the credentials and codes of what has none; a stay that has never been ready may hold others. */
  readonly accessGrantIds: readonly string[];
}
