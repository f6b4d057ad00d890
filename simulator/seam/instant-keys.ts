/** /instant_keys: links that open a guest's mobile keys without an app, for a limited time. */
import { randomInt, randomUUID } from 'node:crypto';
import { z } from 'zod';
import { createSession } from './client-sessions.ts';
import { notFound } from './errors.ts';
import { id } from './parameters.ts';
import type { InstantKey } from './records.ts';
import { type Routes, route } from './route.ts';
import { born, iso, type Workspace } from './workspace.ts';

const LETTERS = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789';
const shortCode = (): string => Array.from({ length: 8 }, () => LETTERS[randomInt(LETTERS.length)]).join('');

export function createInstantKey(
  workspace: Workspace,
  { identityId, profileId = null }: Pick<InstantKey, 'identityId' | 'profileId'>,
): InstantKey {
  const session = createSession(workspace, { identityId, identifierKey: null });
  const key: InstantKey = {
    seq: workspace.next(),
    id: randomUUID(),
    url: `https://ik.seam.co/${shortCode()}`,
    identityId,
    profileId,
    sessionId: session.id,
    createdAt: Date.now(),
    expiresAt: Date.now() + workspace.settings.instantKeyLifeMs,
  };
  workspace.state.instantKeys.set(key.id, key);
  return key;
}

/** Left out where the workspace has its own look. */
export const showProfile = ({ profileId = null }: Pick<InstantKey, 'profileId'>): object =>
  profileId === null ? {} : { customization_profile_id: profileId };

export function showInstantKey(workspace: Workspace, key: InstantKey): object {
  return {
    ...born(workspace, key.createdAt),
    instant_key_id: key.id,
    instant_key_url: key.url,
    client_session_id: key.sessionId,
    user_identity_id: key.identityId,
    ...showProfile(key),
    expires_at: iso(key.expiresAt),
  };
}

export function instantKeyRoutes(workspace: Workspace): Routes {
  const { instantKeys } = workspace.state;
  return {
    '/instant_keys/list': route('GET', z.object({ user_identity_id: id.optional() }), (query) => {
      const found = [...instantKeys.values()].filter(
        (key) => query.user_identity_id === undefined || key.identityId === query.user_identity_id,
      );
      return { instant_keys: found.map((key) => showInstantKey(workspace, key)) };
    }),
    '/instant_keys/get': route('GET', z.object({ instant_key_id: id.optional(), instant_key_url: z.url().optional() }), (wanted) => {
      const key = [...instantKeys.values()].find((other) => other.id === wanted.instant_key_id || other.url === wanted.instant_key_url);
      if (key === undefined) throw notFound('instant_key');
      return { instant_key: showInstantKey(workspace, key) };
    }),
    '/instant_keys/delete': route('DELETE', z.object({ instant_key_id: id }), ({ instant_key_id }) => {
      if (!instantKeys.delete(instant_key_id)) throw notFound('instant_key');
      return {};
    }),
  };
}
