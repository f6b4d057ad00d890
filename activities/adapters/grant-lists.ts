/** One list over all that the providers of a house make: Access Grants, credentials of access systems, codes of single locks. */

import { isGrantId, markedId } from '../../workflows/domain/low-level.ts';
import { type AcsSettings, type LowLevel, NO_DOORS, type Provision } from '../../workflows/domain/property.ts';
import type { GrantListPort } from '../upkeep-ports.ts';
import type { SeamConnection } from './seam/calls.ts';
import { createGrantList } from './seam/grant-list.ts';
import { createCredentialList } from './seam-acs/listing.ts';
import { createCodeList } from './seam-codes/listing.ts';

export interface House extends SeamConnection {
  readonly providers: readonly Provision['provider'][];
  /** Of properties with provider `acs`. */
  readonly systems: readonly AcsSettings[];
}

interface Part {
  /** null: Access Grants. */
  readonly provider: LowLevel['provider'] | null;
  readonly list: GrantListPort;
}

/** Ids are marked by their provider in both directions; a cursor says whose page it leads to. */
export function createGrantLists({ providers, systems, ...connection }: House): GrantListPort {
  const parts: readonly Part[] = [
    { provider: null, list: createGrantList(connection) },
    ...(providers.includes('acs') ? [{ provider: 'acs' as const, list: createCredentialList({ ...connection, systems }) }] : []),
    ...(providers.includes('access_codes') ? [{ provider: 'access_codes' as const, list: createCodeList(connection) }] : []),
  ];
  return {
    async page({ cursor }, signal) {
      const at = parts.findLastIndex(({ provider }) => provider === null || cursor?.startsWith(`${provider}:`));
      const part = parts[at];
      if (part === undefined) return { grants: [], next: null };
      const { grants, next } = await part.list.page({ cursor: ownCursor({ part, cursor }) }, signal);
      const following = parts[at + 1]?.provider;
      if (next === null) return { grants, next: following ? `${following}:` : null };
      return { grants, next: part.provider === null ? next : `${part.provider}:${next}` };
    },
    async listed(handles, signal) {
      const found = await Promise.all(parts.map((part) => listedBy({ part, handles, signal })));
      return new Set([...found.flat(), ...handles.filter((handle) => partOf({ parts, handle }) === undefined)]);
    },
    async doors(handle, signal) {
      const part = partOf({ parts, handle });
      return part === undefined ? NO_DOORS : part.list.doors(bare({ part, handle }), signal);
    },
  };
}

const bare = ({ part: { provider }, handle }: { part: Part; handle: string }): string =>
  provider === null ? handle : handle.slice(provider.length + 1);

/** An empty cursor of a provider is its first page. */
const ownCursor = ({ part, cursor }: { part: Part; cursor: string | null }): string | null =>
  cursor === null ? null : bare({ part, handle: cursor }) || null;

const isOf = ({ part: { provider }, handle }: { part: Part; handle: string }): boolean =>
  provider === null ? isGrantId(handle) : handle.startsWith(`${provider}:`);

const partOf = ({ parts, handle }: { parts: readonly Part[]; handle: string }): Part | undefined =>
  parts.find((part) => isOf({ part, handle }));

interface Asked {
  readonly part: Part;
  readonly handles: readonly string[];
  readonly signal: AbortSignal;
}

async function listedBy({ part, handles, signal }: Asked): Promise<readonly string[]> {
  const own = handles.filter((handle) => isOf({ part, handle })).map((handle) => bare({ part, handle }));
  if (own.length === 0) return [];
  const listed = [...(await part.list.listed(own, signal))];
  const { provider } = part;
  return provider === null ? listed : listed.map((id) => markedId({ provider, id }));
}
