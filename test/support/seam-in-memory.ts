/** An `AccessPort` over a plain map: Seam as the workflow's tests need it, fast and steerable. The real adapter has tests of its own. */

import type { AccessPort, GrantRequest, Revoked } from '../../activities/ports.ts';
import type { AccessReading, Door, Method, MethodState } from '../../workflows/domain/access.ts';

interface Grant {
  request: GrantRequest;
  id: string;
  code: string;
  issued: boolean;
  keyExpiresAt: number | null;
}

/** Equal seeds give equal digits, as with codes that are fixed per reservation. */
const seededCode = (seed: string): string =>
  String(100_000 + ([...seed].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 899_981, 7) % 900_000));

export class SeamInMemory implements AccessPort {
  readonly grants = new Map<string, Grant>();
  /** What was done, in order. */
  readonly log: string[] = [];
  /** Grants are issued as they are made; otherwise `issue` does it. */
  issuesAtOnce = true;
  /** How cards show once their grant is issued. */
  cards: MethodState = 'issued';
  /** Of single cards, by method. */
  readonly cardStates = new Map<string, MethodState>();
  /** What else Seam says of cards that wait. */
  cardNotes: Pick<Method, 'eitherWay' | 'isInPreparation'> = {};
  /** Plain devices that can be unlocked from afar. */
  readonly remoteDevices: string[] = [];
  /** The next so many calls of a method fail with this. */
  readonly faults: { method: keyof AccessPort; error: Error }[] = [];
  /** Of the Instant Keys that are made from now on; null: never. */
  keysExpireAt: number | null = null;
  readonly #renewed = new Set<string>();
  #count = 0;

  async grant(request: GrantRequest, _signal?: AbortSignal): Promise<AccessReading> {
    this.#call('grant', request.grantKey);
    if (!this.grants.has(request.grantKey)) {
      this.#count += 1;
      this.grants.set(request.grantKey, {
        request,
        id: `grant-${this.#count}`,
        code: request.codeWish?.by === 'reservation' ? seededCode(request.codeWish.seed) : String(470_000 + this.#count),
        issued: this.issuesAtOnce,
        keyExpiresAt: this.keysExpireAt,
      });
    }
    return this.#reading(request.grantKey);
  }

  async changeWindow({ accessGrantId, window }: Parameters<AccessPort['changeWindow']>[0]): Promise<void> {
    this.#call('changeWindow', accessGrantId ?? '');
    for (const grant of this.grants.values()) if (grant.id === accessGrantId) grant.request = { ...grant.request, window };
  }

  async read({ grantKey }: Parameters<AccessPort['read']>[0]): Promise<AccessReading> {
    this.#call('read', grantKey);
    return this.#reading(grantKey);
  }

  async renewKey({ userIdentityKey, insteadOf, askedAt }: Parameters<AccessPort['renewKey']>[0]): Promise<{ isNew: boolean }> {
    this.#call('renewKey', userIdentityKey);
    const own = [...this.grants.values()].filter(({ request }) => request.userIdentityKey === userIdentityKey);
    const request = `${userIdentityKey} ${askedAt}`;
    const isMade = askedAt === undefined ? own.some(({ keyExpiresAt }) => (keyExpiresAt ?? 0) > insteadOf) : this.#renewed.has(request);
    if (isMade) return { isNew: false };
    this.#renewed.add(request);
    this.#count += 1;
    for (const grant of own) Object.assign(grant, { code: String(870_000 + this.#count), keyExpiresAt: this.keysExpireAt });
    return { isNew: true };
  }

  async revoke({ grantKey }: Parameters<AccessPort['revoke']>[0]): Promise<Revoked> {
    this.#call('revoke', grantKey);
    this.grants.delete(grantKey);
    return { gone: true };
  }

  async secret({
    accessMethodId,
  }: Parameters<AccessPort['secret']>[0]): Promise<{ secret: string | null; issued: boolean; fingerprint: string | null }> {
    this.#call('secret', accessMethodId);
    const grant = [...this.grants.values()].find((candidate) => `${candidate.id}-method` === accessMethodId);
    return {
      secret: grant?.code ?? null,
      issued: grant?.issued ?? false,
      fingerprint: grant === undefined ? null : `k1.${this.#digest(grant.code)}`,
    };
  }

  issue(): void {
    for (const grant of this.grants.values()) grant.issued = true;
  }

  #digest(code: string): string {
    return String([...code].reduce((sum, digit) => (sum * 31 + Number(digit)) % 9_973, 7));
  }

  #call(method: keyof AccessPort, on: string): void {
    this.log.push(`${method} ${on}`);
    const fault = this.faults.findIndex((candidate) => candidate.method === method);
    const [found] = fault >= 0 ? this.faults.splice(fault, 1) : [];
    if (found !== undefined) throw found.error;
  }

  #reading(grantKey: string): AccessReading {
    const grant = this.grants.get(grantKey);
    if (grant === undefined)
      return { found: false, beingDeleted: false, accessGrantId: null, window: null, doors: [], spaces: [], methods: [], problems: [] };
    const { doors, modes, cards = 1, window } = grant.request;
    const ids = [...doors.entrances, ...doors.devices];
    const extra = Array.from({ length: cards - 1 }, (_, n) => ({
      mode: 'card' as const,
      accessMethodId: `${grant.id}-method-card-${n + 2}`,
    }));
    const asked = modes.map((mode, i) => ({ mode, accessMethodId: i === 0 ? `${grant.id}-method` : `${grant.id}-method-${mode}` }));
    const methods = [...asked, ...extra].map(
      ({ mode, accessMethodId }): Method => ({
        accessMethodId,
        mode,
        state: grant.issued ? (mode === 'card' ? (this.cardStates.get(accessMethodId) ?? this.cards) : 'issued') : 'pending',
        isBackupCode: false,
        fingerprint: grant.issued ? `k1.${this.#digest(grant.code)}` : null,
        doors: ids,
        expiresAt: mode === 'mobile_key' ? grant.keyExpiresAt : null,
        ...(mode === 'card' ? this.cardNotes : {}),
        ...(mode === 'card' && grant.issued ? { outlivesRevocation: true } : {}),
      }),
    );
    const shown = ids.map(
      (id): Door => ({
        id,
        kind: doors.devices.includes(id) ? 'device' : 'entrance',
        name: `Door ${id}`,
        fault: null,
        ...(this.remoteDevices.includes(id) ? { unlocksRemotely: true } : {}),
      }),
    );
    return { found: true, beingDeleted: false, accessGrantId: grant.id, window, doors: shown, spaces: [], methods, problems: [] };
  }
}
