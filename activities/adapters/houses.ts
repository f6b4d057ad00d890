/** The doors of a house, with whatever its providers made to open them. */

import type { HousePort } from '../upkeep-ports.ts';
import type { House } from './grant-lists.ts';
import { createHouse } from './seam/house.ts';
import { credentialsAt } from './seam-acs/holders.ts';
import { codesAt } from './seam-codes/listing.ts';

export const createHouses = ({ providers, ...connection }: Omit<House, 'systems'>): HousePort =>
  createHouse({
    ...connection,
    alsoAt: [...(providers.includes('acs') ? [credentialsAt] : []), ...(providers.includes('access_codes') ? [codesAt] : [])],
  });
