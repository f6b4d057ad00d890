/**
 * What a make of access system wants to be told of a guest's card or mobile key (Seam API: `/acs/credentials/create`). Where several
 * people share a room, each key joins those that are there already instead of ending them.
 */
import type { SeamHttp } from '@seamapi/http';
import type { Mode } from '../../../workflows/domain/property.ts';
import type { SeamCalls } from '../seam/calls.ts';
import { acsSystem } from './schemas.ts';

type Metadata = Pick<
  NonNullable<Parameters<SeamHttp['acs']['credentials']['create']>[0]>,
  'visionline_metadata' | 'assa_abloy_vostio_metadata' | 'salto_space_metadata'
>;

/** By Seam's `external_type`. */
const OF_KEYS: Readonly<Record<string, Metadata>> = {
  visionline_system: { visionline_metadata: { card_function_type: 'guest', auto_join: true } },
  assa_abloy_vostio: { assa_abloy_vostio_metadata: { auto_join: true } },
};
const OF_CARDS: Readonly<Record<string, Metadata>> = { salto_space_system: { salto_space_metadata: { assign_new_key: true } } };

export async function metadataFor({ seam, systemId, mode }: { seam: SeamCalls; systemId: string; mode: Mode }): Promise<Metadata> {
  if (mode !== 'card' && mode !== 'mobile_key') return {};
  const system = await seam.read({ answer: acsSystem, send: (api) => api.acs.systems.get({ acs_system_id: systemId }) });
  const type = system.external_type ?? '';
  return OF_KEYS[type] ?? (mode === 'card' ? OF_CARDS[type] : undefined) ?? {};
}
