/** /client_sessions: tokens that let a phone use the keys of one user identity. */
import { randomBytes, randomUUID } from 'node:crypto';
import { z } from 'zod';
import { notFound } from './errors.ts';
import { id, text, time } from './parameters.ts';
import type { ClientSession } from './records.ts';
import { type Routes, route } from './route.ts';
import { born, iso, type Workspace } from './workspace.ts';

const HALF_A_DAY = 12 * 3_600_000;

interface Owner {
  readonly identityId: string | null;
  readonly identifierKey: string | null;
  readonly expiresAt?: number | undefined;
}

export function createSession(workspace: Workspace, owner: Owner): ClientSession {
  const session: ClientSession = {
    seq: workspace.next(),
    id: randomUUID(),
    token: `seam_cst1_${randomBytes(16).toString('hex')}`,
    identityId: owner.identityId,
    identifierKey: owner.identifierKey,
    createdAt: Date.now(),
    expiresAt: owner.expiresAt ?? Date.now() + HALF_A_DAY,
  };
  workspace.state.sessions.set(session.id, session);
  return session;
}

export function showSession(workspace: Workspace, session: ClientSession): object {
  return {
    ...born(workspace, session.createdAt),
    client_session_id: session.id,
    token: session.token,
    expires_at: iso(session.expiresAt),
    user_identifier_key: session.identifierKey,
    ...(session.identityId === null ? {} : { user_identity_id: session.identityId }),
    user_identity_ids: session.identityId === null ? [] : [session.identityId],
    connected_account_ids: [],
    connect_webview_ids: [],
    device_count: 0,
  };
}

const owned = z.object({ user_identity_id: id.optional(), user_identifier_key: text.optional(), expires_at: time.optional() });

function getOrCreate(workspace: Workspace, wanted: z.infer<typeof owned>): ClientSession {
  const { user_identity_id: identityId = null, user_identifier_key: identifierKey = null } = wanted;
  if (identityId !== null && !workspace.state.identities.has(identityId)) throw notFound('user_identity');
  const mine = [...workspace.state.sessions.values()].find(
    (session) => session.identityId === identityId && session.identifierKey === identifierKey && session.expiresAt > Date.now(),
  );
  return mine ?? createSession(workspace, { identityId, identifierKey, expiresAt: wanted.expires_at });
}

export function clientSessionRoutes(workspace: Workspace): Routes {
  const { sessions } = workspace.state;
  const end = route('DELETE', z.object({ client_session_id: id }), ({ client_session_id }) => {
    if (!sessions.delete(client_session_id)) throw notFound('client_session');
    return {};
  });
  return {
    '/client_sessions/get_or_create': route('POST', owned, (wanted) => ({
      client_session: showSession(workspace, getOrCreate(workspace, wanted)),
    })),
    '/client_sessions/get': route('GET', z.object({ client_session_id: id.optional(), user_identifier_key: text.optional() }), (wanted) => {
      const session = [...sessions.values()].find(
        (other) =>
          other.id === wanted.client_session_id ||
          (wanted.user_identifier_key !== undefined && other.identifierKey === wanted.user_identifier_key),
      );
      if (session === undefined) throw notFound('client_session');
      return { client_session: showSession(workspace, session) };
    }),
    '/client_sessions/list': route('GET', owned.omit({ expires_at: true }).extend({ client_session_id: id.optional() }), (query) => {
      const found = [...sessions.values()].filter(
        (session) =>
          (query.client_session_id === undefined || session.id === query.client_session_id) &&
          (query.user_identity_id === undefined || session.identityId === query.user_identity_id) &&
          (query.user_identifier_key === undefined || session.identifierKey === query.user_identifier_key),
      );
      return { client_sessions: found.map((session) => showSession(workspace, session)) };
    }),
    '/client_sessions/delete': end,
    '/client_sessions/revoke': { ...end, verb: 'POST' },
  };
}
