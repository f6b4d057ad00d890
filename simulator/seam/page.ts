/** Seam's pagination: `limit` and an opaque cursor, here the sequence number of the last record that was shown. */
import { invalid } from './errors.ts';

interface PageRequest {
  readonly limit: number;
  readonly page_cursor?: string | null | undefined;
}

export interface Page<T> {
  readonly records: readonly T[];
  readonly pagination: { readonly has_next_page: boolean; readonly next_page_cursor: string | null; readonly next_page_url: null };
}

/** `all` is in the order of `seq`, as every collection of the state is. @throws SeamError 400 when the cursor is not one of ours. */
export function page<T extends { readonly seq: number }>(all: readonly T[], request: PageRequest): Page<T> {
  const after = request.page_cursor ? Number(Buffer.from(request.page_cursor, 'base64url').toString()) : 0;
  if (!Number.isSafeInteger(after)) throw invalid('page_cursor', 'Not a cursor of this list');
  const rest = all.filter((record) => record.seq > after);
  const records = rest.slice(0, request.limit);
  const last = records.at(-1);
  const more = rest.length > records.length && last !== undefined;
  const cursor = more ? Buffer.from(String(last.seq)).toString('base64url') : null;
  return { records, pagination: { has_next_page: more, next_page_cursor: cursor, next_page_url: null } };
}
