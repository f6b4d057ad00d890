/** The bundle's entry: what a worker can run. */
export { reservationAccess } from './reservation-access.ts';
