/** How Seam behaves: at its best, late, slowly, or not at all. */

/** How Seam behaves from now on. `moves: 'silent'`: it shows the old times as if nothing were under way. */
export interface Manners {
  readonly issues: 'at once' | 'late';
  readonly moves: 'at once' | 'slow' | 'silent';
  /** Whether new times bring a new code. */
  readonly recodes: boolean;
  /** `never`: it says yes and does nothing. */
  readonly deletes: 'at once' | 'slow' | 'never';
}

export const GOOD_MANNERS: Manners = { issues: 'at once', moves: 'at once', recodes: false, deletes: 'at once' };
