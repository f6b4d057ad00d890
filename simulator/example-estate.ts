/**
 * The doors of the example configuration: a small city hotel with an access control system, and a holiday villa:
 * a keypad lock, and a space that holds it and the garden gate. The ids never change, so that a configuration file can name them.
 */
import type { Estate, EstateEntrance } from './seam/estate.ts';

const HOTEL_SYSTEM = '5d7c1a90-3f42-4b18-9c6e-0a1b2c3d4e50';

export const HARBOUR_HOUSE = {
  systemId: HOTEL_SYSTEM,
  encoderId: '5d7c1a90-3f42-4b18-9c6e-0a1b2c3d4e51',
  streetDoorId: '5d7c1a90-3f42-4b18-9c6e-0a1b2c3d4e00',
  /** The entrance of each unit, by the unit's id. */
  roomDoorIds: {
    '101': '5d7c1a90-3f42-4b18-9c6e-0a1b2c3d4101',
    '102': '5d7c1a90-3f42-4b18-9c6e-0a1b2c3d4102',
    '103': '5d7c1a90-3f42-4b18-9c6e-0a1b2c3d4103',
    '104': '5d7c1a90-3f42-4b18-9c6e-0a1b2c3d4104',
  },
} as const;

export const CASA_DO_MONTE = {
  keypadId: '8e2f6b14-7a53-4c09-8d21-1f2e3d4c5b60',
  gateId: '8e2f6b14-7a53-4c09-8d21-1f2e3d4c5b62',
  spaceId: '8e2f6b14-7a53-4c09-8d21-1f2e3d4c5b61',
  spaceKey: 'casa-do-monte-villa',
} as const;

const door = ({ id, name }: { readonly id: string; readonly name: string }): EstateEntrance => ({
  acsEntranceId: id,
  acsSystemId: HOTEL_SYSTEM,
  name,
  opensWith: ['code', 'card', 'mobile_key', 'cloud_key'],
  canBelongToReservation: false,
});

export const EXAMPLE_ESTATE: Estate = {
  systems: [
    { acsSystemId: HOTEL_SYSTEM, name: 'Harbour House', timeZone: 'Europe/Lisbon', type: 'salto_ks_site', typeName: 'Salto KS site' },
  ],
  encoders: [{ acsEncoderId: HARBOUR_HOUSE.encoderId, acsSystemId: HOTEL_SYSTEM, name: 'Front desk' }],
  entrances: [
    door({ id: HARBOUR_HOUSE.streetDoorId, name: 'Street door' }),
    ...Object.entries(HARBOUR_HOUSE.roomDoorIds).map(([unit, id]) => door({ id, name: `Room ${unit}` })),
  ],
  devices: [
    { deviceId: CASA_DO_MONTE.keypadId, name: 'Villa door', timeZone: 'Europe/Lisbon', opensWith: ['code', 'cloud_key'] },
    { deviceId: CASA_DO_MONTE.gateId, name: 'Garden gate', timeZone: 'Europe/Lisbon', opensWith: ['code'] },
  ],
  spaces: [
    {
      spaceId: CASA_DO_MONTE.spaceId,
      spaceKey: CASA_DO_MONTE.spaceKey,
      name: 'Villa',
      entranceIds: [],
      deviceIds: [CASA_DO_MONTE.keypadId, CASA_DO_MONTE.gateId],
    },
  ],
};
