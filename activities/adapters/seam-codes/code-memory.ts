/**
 * Whether a lock has room for another code: it holds so many at a time (`max_active_codes_supported` of a device, OpenAPI 1.1038.0), those
 * that others set on it by hand among them.
 */
import { z } from 'zod';
import type { Window } from '../../../workflows/domain/access.ts';
import { failure } from '../../failures.ts';
import type { SeamCalls } from '../seam/calls.ts';
import { time } from '../seam/schemas.ts';
import type { AccessCode, Lock } from './schemas.ts';
import { stateOf } from './state.ts';

const unmanagedCodes = z.array(z.object({ starts_at: time.nullish(), ends_at: time.nullish() }));

interface Timed {
  readonly starts_at?: number | null | undefined;
  readonly ends_at?: number | null | undefined;
}

interface Room {
  readonly seam: SeamCalls;
  readonly lock: Lock;
  /** Those of Seam's making that are on the lock. */
  readonly codes: readonly AccessCode[];
  readonly window: Window;
}

/** @throws ModeImpossible with the name of the lock; nothing was asked for then */
export async function assertRoom({ seam, lock, codes, window }: Room): Promise<void> {
  const { device_id, display_name } = lock;
  const most = lock.properties?.max_active_codes_supported;
  if (typeof most !== 'number') return;
  const own = codes.filter((code) => stateOf(code) !== 'revoked');
  if (!isFull({ codes: own, window, most })) {
    const others = await seam.find({ answer: unmanagedCodes, send: (api) => api.accessCodes.unmanaged.list({ device_id }) });
    if (!isFull({ codes: [...own, ...(others ?? [])], window, most })) return;
  }
  const about = `${display_name ?? device_id} (${device_id}) has no room for another code: it holds ${most} at a time`;
  throw failure({ type: 'ModeImpossible', code: `code_memory/${device_id}`, about });
}

/** At the start, or when another one starts meanwhile: only then their number can be at its highest. */
function isFull({ codes, window, most }: { codes: readonly Timed[]; window: Window; most: number }): boolean {
  const isOn = ({ starts_at, ends_at }: Timed, at: number): boolean => (starts_at ?? 0) <= at && (ends_at ?? Number.POSITIVE_INFINITY) > at;
  const starts = codes.flatMap(({ starts_at }) =>
    starts_at && starts_at > window.startsAt && starts_at < window.endsAt ? [starts_at] : [],
  );
  return [window.startsAt, ...starts].some((at) => codes.filter((code) => isOn(code, at)).length >= most);
}
