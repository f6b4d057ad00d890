/** An independent Seam: one grant per key, methods with real secrets, events of what happened; steered to be late, slow or meddled with. */
import type { AccessReading, Window } from '../../workflows/domain/access.ts';
import type { DoorSet, Mode } from '../../workflows/domain/property.ts';
import { CardDesk } from './card-desk.ts';
import { type ModelGrant, type ModelMethod, NOTHING, readingOf } from './grant.ts';
import { GOOD_MANNERS, type Manners } from './manners.ts';
import { Secrets } from './secrets.ts';

export class ModelSeam extends CardDesk {
  readonly grants = new Map<string, ModelGrant>();
  /** Doors out of order. */
  readonly dead = new Set<string>();
  readonly secrets = new Secrets();
  manners: Manners = GOOD_MANNERS;

  grant({ key, doors, modes, window }: { key: string; doors: DoorSet; modes: readonly Mode[]; window: Window }): AccessReading {
    if (!this.grants.has(key)) {
      const methods = modes.map(
        (mode): ModelMethod => ({ id: this.name('method'), mode, secret: null, state: 'pending', isBackup: false }),
      );
      const id = this.name('grant');
      this.grants.set(key, { key, id, asked: doors, foreign: [], window, coming: null, methods, isBeingDeleted: false });
      this.happened({ type: 'access_grant.created', grantId: id });
      if (this.manners.issues === 'at once') this.issue(key);
    }
    return this.read(key);
  }

  read(key: string): AccessReading {
    const grant = this.grants.get(key);
    return grant === undefined ? NOTHING : readingOf({ grant, dead: this.dead, fingerprint: (secret) => this.secrets.fingerprint(secret) });
  }

  move({ grantId, window }: { grantId: string; window: Window }): void {
    const grant = [...this.grants.values()].find(({ id }) => id === grantId);
    if (grant === undefined || grant.isBeingDeleted) return;
    grant.coming = window;
    if (this.manners.moves === 'at once') this.settle(grant.key);
    if (this.manners.moves === 'slow') for (const method of grant.methods) if (method.state === 'issued') method.state = 'updating';
  }

  /** Whether it is gone when asked afterwards. */
  delete(key: string): boolean {
    const grant = this.grants.get(key);
    if (grant === undefined) return true;
    if (this.manners.deletes === 'at once') this.remove(key);
    if (this.manners.deletes === 'slow') grant.isBeingDeleted = true;
    return !this.grants.has(key);
  }

  /** Whatever is under way with a grant comes to its end. */
  settle(key: string): void {
    const grant = this.grants.get(key);
    if (grant?.isBeingDeleted) return this.remove(key);
    if (grant === undefined || grant.coming === null) return;
    grant.window = grant.coming;
    grant.coming = null;
    for (const method of grant.methods) if (method.state === 'updating') method.state = 'issued';
    this.happened({ type: 'access_grant.access_times_changed', grantId: grant.id });
    this.askForCards(grant);
    if (this.manners.recodes) this.recode(key);
  }

  issue(key: string): void {
    const grant = this.grants.get(key);
    for (const method of grant?.methods ?? []) {
      if (grant === undefined || (method.state !== 'pending' && method.state !== 'failed')) continue;
      method.secret ??= this.secrets.mint(method.mode);
      method.state = method.mode === 'card' ? 'encoding_required' : 'issued';
      const type = method.mode === 'card' ? 'access_method.card_encoding_required' : 'access_method.issued';
      this.happened({ type, grantId: grant.id, methodId: method.id });
    }
  }

  /** The desk writes every card that waits for it, or this one, whosever it is. */
  write({ key = null, methodId = null }: { key?: string | null; methodId?: string | null }): void {
    for (const grant of this.grants.values()) if (key === null || grant.key === key) this.writeCards({ grant, only: methodId });
  }

  fail(key: string): void {
    const grant = this.grants.get(key);
    for (const method of grant?.methods ?? []) {
      if (grant === undefined || method.state !== 'pending') continue;
      method.state = 'failed';
      this.happened({ type: 'access_method.failed_to_issue', grantId: grant.id, methodId: method.id });
    }
  }

  /** Another code than before, also after telling: a backup code, or one changed at the lock. */
  recode(key: string, isBackup = false): void {
    const grant = this.grants.get(key);
    for (const method of grant?.methods ?? []) {
      if (grant === undefined || method.state !== 'issued' || method.secret === null) continue;
      method.secret = this.secrets.mint(method.mode);
      method.isBackup = isBackup;
      this.happened({ type: 'access_method.reissued', grantId: grant.id, methodId: method.id });
    }
  }

  remove(key: string): void {
    const grant = this.grants.get(key);
    if (grant === undefined) return;
    this.grants.delete(key);
    for (const method of grant.methods) this.happened({ type: 'access_method.deleted', grantId: grant.id, methodId: method.id });
    this.happened({ type: 'access_grant.deleted', grantId: grant.id });
  }

  shift({ key, window }: { key: string; window: Window }): void {
    const grant = this.grants.get(key);
    if (grant === undefined) return;
    grant.window = window;
    this.happened({ type: 'access_grant.access_times_changed', grantId: grant.id });
    this.askForCards(grant);
  }

  /** Somebody opens a door with it. */
  use(key: string): void {
    const grant = this.grants.get(key);
    if (grant !== undefined) this.happened({ type: 'lock.unlocked', grantId: grant.id });
  }

  /** A door that nobody asked for, or no longer. */
  addForeign({ key, door }: { key: string; door: string | null }): void {
    const grant = this.grants.get(key);
    if (grant === undefined) return;
    grant.foreign = door === null ? [] : [door];
    this.happened({ type: 'access_grant.access_granted_to_all_doors', grantId: grant.id });
    this.happened({ type: 'access_method.reissued', grantId: grant.id });
  }

  /** A door goes out of order, or works again. */
  setDead({ door, isDead }: { door: string; isDead: boolean }): void {
    if (isDead) this.dead.add(door);
    else this.dead.delete(door);
    const type = isDead ? 'access_grant.access_to_door_lost' : 'access_grant.access_granted_to_door';
    for (const grant of this.grants.values()) this.happened({ type, grantId: grant.id });
  }

  /** Everything works as it should again, and what was under way has ended. */
  heal(): void {
    this.manners = GOOD_MANNERS;
    for (const door of Array.from(this.dead)) this.setDead({ door, isDead: false });
    for (const [key, grant] of this.grants) {
      if (grant.foreign.length > 0) this.addForeign({ key, door: null });
      this.settle(key);
      this.issue(key);
    }
  }
}
