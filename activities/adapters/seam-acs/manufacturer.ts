/**
 * What a make of access system wants to be told of a guest's card or mobile key (Seam API: `/acs/credentials/create`). Where several
 * people share a room, each key joins those that are there already instead of ending them.
 */
import type { SeamHttp } from '@seamapi/http';
import type { AcsSettings, Mode } from '../../../workflows/domain/property.ts';
import type { SeamCalls } from '../seam/calls.ts';
import { acsSystem } from './schemas.ts';

type Metadata = Pick<
  NonNullable<Parameters<SeamHttp['acs']['credentials']['create']>[0]>,
  'visionline_metadata' | 'assa_abloy_vostio_metadata' | 'salto_space_metadata'
>;

interface NewKey {
  readonly seam: SeamCalls;
  readonly acs: AcsSettings;
  readonly mode: Mode;
  /** The guest has no other key here. */
  readonly isFirst: boolean;
}

export async function metadataFor({ seam, acs, mode, isFirst }: NewKey): Promise<Metadata> {
  if (mode !== 'card' && mode !== 'mobile_key') return {};
  const { systemId: acs_system_id, overridesEarlierKeys, cardFormat } = acs;
  const system = await seam.read({ answer: acsSystem, send: (api) => api.acs.systems.get({ acs_system_id }) });
  const overrides = isFirst && overridesEarlierKeys === true;
  const format = mode === 'card' && cardFormat !== undefined ? { card_format: cardFormat } : {};
  // By Seam's `external_type`.
  switch (system.external_type) {
    case 'visionline_system':
      return { visionline_metadata: { card_function_type: 'guest', ...(overrides ? { override: true } : { auto_join: true }), ...format } };
    case 'assa_abloy_vostio':
      return { assa_abloy_vostio_metadata: overrides ? { override_all_guest_acs_entrances: true } : { auto_join: true } };
    case 'salto_space_system':
      return mode === 'card' ? { salto_space_metadata: { assign_new_key: true } } : {};
    default:
      return {};
  }
}
