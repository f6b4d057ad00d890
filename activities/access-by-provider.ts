/** One port over all of Seam's ways to let somebody in: each request goes to the provider that made, or is to make, the access. */
import type { LowLevelAccess } from '../workflows/domain/low-level.ts';
import type { LowLevel } from '../workflows/domain/property.ts';
import type { AccessPort } from './ports.ts';

/** An Instant Key is a grant's: nothing else has one to renew. */
type ProviderMethod = Exclude<keyof AccessPort, 'renewKey'>;

type Request<Method extends ProviderMethod> = Parameters<AccessPort[Method]>[0];

/** An `AccessPort` for requests that say what is known of the access. */
export type LowLevelPort = {
  readonly [Method in ProviderMethod]: (
    request: Request<Method> & { readonly lowLevel: LowLevelAccess },
    signal: AbortSignal,
  ) => ReturnType<AccessPort[Method]>;
};

export type LowLevelPorts = Readonly<Record<LowLevel['provider'], LowLevelPort>>;

interface Providers {
  readonly grants: AccessPort;
  readonly lowLevel: LowLevelPorts;
}

export function accessByProvider({ grants, lowLevel: ports }: Providers): AccessPort {
  return {
    renewKey: (request, signal) => grants.renewKey(request, signal),
    grant: ({ lowLevel, ...request }, signal) =>
      lowLevel === undefined ? grants.grant(request, signal) : ports[lowLevel.by.provider].grant({ ...request, lowLevel }, signal),
    changeWindow: ({ lowLevel, ...request }, signal) =>
      lowLevel === undefined
        ? grants.changeWindow(request, signal)
        : ports[lowLevel.by.provider].changeWindow({ ...request, lowLevel }, signal),
    read: ({ lowLevel, ...request }, signal) =>
      lowLevel === undefined ? grants.read(request, signal) : ports[lowLevel.by.provider].read({ ...request, lowLevel }, signal),
    revoke: ({ lowLevel, ...request }, signal) =>
      lowLevel === undefined ? grants.revoke(request, signal) : ports[lowLevel.by.provider].revoke({ ...request, lowLevel }, signal),
    secret: ({ lowLevel, ...request }, signal) =>
      lowLevel === undefined ? grants.secret(request, signal) : ports[lowLevel.by.provider].secret({ ...request, lowLevel }, signal),
  };
}
