/** The bundle's entry: what a worker can run. */
export { brake } from './brake.ts';
export { catchUp } from './catch-up.ts';
export { eraseDue } from './erase-due.ts';
export { erasure } from './erasure.ts';
export { followConfiguration } from './follow-configuration.ts';
export { reservationAccess } from './reservation-access.ts';
export { sweep } from './sweep.ts';
export { unownedGrants } from './unowned-grants.ts';
