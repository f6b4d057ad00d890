/**
 * Keeps the state in one JSON file, so that a restart (also after a kill) goes on where it was. Writes go to a second file
 * that is renamed over the first: a reader never sees half a snapshot.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { emptySnapshot, type Snapshot, type State, snapshotOf, stateOf } from './state.ts';

/** Shortest time between a change and its write, in milliseconds. */
const DEBOUNCE = 50;

export interface SnapshotFile {
  /** Says that the state has changed; the write follows shortly. */
  readonly changed: () => void;
  /** Writes what is pending, at once. */
  readonly close: () => void;
}

/** @throws Error when the file holds something that is not a snapshot. */
export function loadState(file: string | null): State {
  if (file === null || !existsSync(file)) return stateOf(emptySnapshot());
  try {
    // Our own file, written by snapshotOf: a key that an older version did not write starts empty.
    const saved = JSON.parse(readFileSync(file, 'utf8')) as Partial<Snapshot>;
    return stateOf({ ...emptySnapshot(), ...saved });
  } catch (cause) {
    throw new Error(`The Seam simulator cannot read its state from ${file}. Delete the file to start with an empty workspace.`, { cause });
  }
}

export function keepSnapshot(state: State, file: string | null): SnapshotFile {
  if (file === null) return { changed: () => {}, close: () => {} };
  mkdirSync(dirname(file), { recursive: true });
  const half = `${file}.${process.pid}.part`;
  let timer: NodeJS.Timeout | null = null;
  let dirty = false;
  let closed = false;
  let pause = DEBOUNCE;

  const write = async (): Promise<void> => {
    const began = performance.now();
    dirty = false;
    await writeFile(half, JSON.stringify(snapshotOf(state)), { mode: 0o600 });
    // A close meanwhile has written the newer truth already.
    if (closed) await rm(half, { force: true });
    else await rename(half, file);
    // A large state is written less often, so that writing never takes more than a tenth of the time.
    pause = Math.max(DEBOUNCE, (performance.now() - began) * 10);
    timer = null;
    if (dirty) schedule();
  };
  const schedule = (): void => {
    timer = setTimeout(() => {
      write().catch(() => {
        timer = null;
        dirty = true;
      });
    }, pause);
  };

  return {
    changed: () => {
      dirty = true;
      if (timer === null && !closed) schedule();
    },
    close: () => {
      closed = true;
      if (timer !== null) clearTimeout(timer);
      writeFileSync(`${half}.last`, JSON.stringify(snapshotOf(state)), { mode: 0o600 });
      renameSync(`${half}.last`, file);
    },
  };
}
