/** The same work for many things, a few at a time, so that no service is flooded. The first failure ends it. */
export async function sideBySide<T, R>({
  items,
  width,
  signal,
  work,
}: {
  items: readonly T[];
  width: number;
  signal: AbortSignal;
  work: (item: T) => Promise<R>;
}): Promise<readonly R[]> {
  const done: R[] = [];
  for (let at = 0; at < items.length; at += width) {
    signal.throwIfAborted();
    done.push(...(await Promise.all(items.slice(at, at + width).map(work))));
  }
  return done;
}
