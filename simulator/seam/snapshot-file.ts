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

const textOf = (state: State): string => JSON.stringify(snapshotOf(state));

class Writer implements SnapshotFile {
  readonly #state: State;
  readonly #file: string;
  #timer: NodeJS.Timeout | null = null;
  #dirty = false;
  #closed = false;
  #pause = DEBOUNCE;

  constructor({ state, file }: { readonly state: State; readonly file: string }) {
    this.#state = state;
    this.#file = file;
    mkdirSync(dirname(file), { recursive: true });
  }

  readonly changed = (): void => {
    this.#dirty = true;
    if (this.#timer !== null || this.#closed) return;
    this.#timer = setTimeout(() => void this.#write(), this.#pause);
  };

  readonly close = (): void => {
    this.#closed = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    const half = `${this.#file}.${process.pid}.last`;
    writeFileSync(half, textOf(this.#state), { mode: 0o600 });
    renameSync(half, this.#file);
  };

  async #write(): Promise<void> {
    const began = performance.now();
    const half = `${this.#file}.${process.pid}.part`;
    this.#dirty = false;
    try {
      await writeFile(half, textOf(this.#state), { mode: 0o600 });
      // A close meanwhile has written the newer truth already.
      await (this.#closed ? rm(half, { force: true }) : rename(half, this.#file));
    } catch {
      // A full disk, for example: the next try has everything.
      this.#dirty = true;
    }
    // A large state is written less often, so that writing never takes more than a tenth of the time.
    this.#pause = Math.max(DEBOUNCE, (performance.now() - began) * 10);
    this.#timer = null;
    if (this.#dirty) this.changed();
  }
}

export const keepSnapshot = (state: State, file: string | null): SnapshotFile =>
  file === null ? { changed: () => {}, close: () => {} } : new Writer({ state, file });
