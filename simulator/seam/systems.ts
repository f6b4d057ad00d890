/** /acs/systems, /acs/encoders and /workspaces: what the doors hang on. */
import { z } from 'zod';
import { complaintsOf } from './ailments.ts';
import { notFound } from './errors.ts';
import type { EstateEncoder, EstateSystem } from './estate.ts';
import { page } from './page.ts';
import { id, list, pageParameters, text } from './parameters.ts';
import { type Routes, route } from './route.ts';
import { born, type Workspace } from './workspace.ts';

export function showSystem(workspace: Workspace, system: EstateSystem): object {
  const { createdAt, connectedAccountId } = workspace.state;
  return {
    ...born(workspace, createdAt),
    acs_system_id: system.acsSystemId,
    name: system.name,
    external_type: system.type,
    external_type_display_name: system.typeName,
    system_type: system.type,
    system_type_display_name: system.typeName,
    is_credential_manager: false,
    location: { time_zone: system.timeZone },
    connected_account_id: connectedAccountId,
    connected_account_ids: [connectedAccountId],
    image_url: 'https://connect.getseam.com/assets/images/acs_systems/unknown.png',
    image_alt_text: system.typeName,
    acs_access_group_count: 0,
    acs_user_count: 0,
    ...complaintsOf(workspace, system.acsSystemId),
  };
}

const showEncoder = (workspace: Workspace, encoder: EstateEncoder): object => ({
  ...born(workspace, workspace.state.createdAt),
  acs_encoder_id: encoder.acsEncoderId,
  acs_system_id: encoder.acsSystemId,
  connected_account_id: workspace.state.connectedAccountId,
  display_name: encoder.name,
  errors: [],
});

/** @throws SeamError 404 */
export function encoderOf(workspace: Workspace, encoderId: string): EstateEncoder {
  const encoder = workspace.estate.encoders.find((other) => other.acsEncoderId === encoderId);
  if (encoder === undefined) throw notFound('acs_encoder');
  return encoder;
}

const showWorkspace = ({ state }: Workspace): object => ({
  workspace_id: state.workspaceId,
  name: 'Simulated workspace',
  company_name: 'Latchkey',
  is_sandbox: true,
  is_suspended: false,
  is_publishable_key_auth_enabled: false,
  connect_partner_name: null,
  connect_webview_customization: {},
  organization_id: null,
});

const encoderParameters = z.object({
  ...pageParameters,
  acs_encoder_ids: list(id).optional(),
  acs_system_id: id.optional(),
  acs_system_ids: list(id).optional(),
});

export function systemRoutes(workspace: Workspace): Routes {
  const { systems, encoders } = workspace.estate;
  return {
    '/acs/systems/get': route('GET', z.object({ acs_system_id: id }), ({ acs_system_id }) => {
      const system = systems.find((other) => other.acsSystemId === acs_system_id);
      if (system === undefined) throw notFound('acs_system');
      return { acs_system: showSystem(workspace, system) };
    }),
    '/acs/systems/list': route('GET', z.object({ search: text.optional() }), ({ search }) => ({
      acs_systems: systems
        .filter((system) => search === undefined || system.name.includes(search))
        .map((system) => showSystem(workspace, system)),
    })),
    '/acs/encoders/get': route('GET', z.object({ acs_encoder_id: id }), (wanted) => ({
      acs_encoder: showEncoder(workspace, encoderOf(workspace, wanted.acs_encoder_id)),
    })),
    '/acs/encoders/list': route('GET', encoderParameters, (query) => {
      const wanted = query.acs_system_ids ?? (query.acs_system_id === undefined ? undefined : [query.acs_system_id]);
      const matching = encoders.filter(
        (encoder) => (wanted?.includes(encoder.acsSystemId) ?? true) && (query.acs_encoder_ids?.includes(encoder.acsEncoderId) ?? true),
      );
      const found = page(
        matching.map((encoder) => ({ encoder, seq: encoders.indexOf(encoder) + 1 })),
        query,
      );
      return { acs_encoders: found.records.map(({ encoder }) => showEncoder(workspace, encoder)), pagination: found.pagination };
    }),
    '/workspaces/get': route('GET', z.object({}), () => ({ workspace: showWorkspace(workspace) })),
  };
}
