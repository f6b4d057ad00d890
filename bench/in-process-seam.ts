/** Seam in this process: answers at once what a workspace with one door per room would say. Standard stays have one grant each. */
import { randomInt, randomUUID } from 'node:crypto';
import { createFingerprints } from '../activities/fingerprint.ts';
import type { AccessPort, CredentialSecret, GrantRequest } from '../activities/ports.ts';
import type { AccessReading, Method, Window } from '../workflows/domain/access.ts';
import type { SeamEvent } from '../workflows/messages.ts';
import { type Milestones, workflowId } from './milestones.ts';

interface Grant {
  readonly accessGrantId: string;
  readonly accessMethodId: string;
  readonly doorIds: readonly string[];
  readonly window: Window;
  readonly code: string;
  issued: boolean;
}

const ABSENT: AccessReading = {
  found: false,
  beingDeleted: false,
  accessGrantId: null,
  window: null,
  doors: [],
  spaces: [],
  methods: [],
  problems: [],
};

export class InProcessSeam implements AccessPort {
  readonly #grants = new Map<string, Grant>();
  readonly #fingerprints = createFingerprints([{ id: 'bench', key: Buffer.alloc(32, 7) }]);
  readonly #milestones: Milestones;

  constructor(milestones: Milestones) {
    this.#milestones = milestones;
  }

  async grant({ doors, window }: GrantRequest): Promise<AccessReading> {
    const id = workflowId();
    const grant = this.#grants.get(id) ?? {
      accessGrantId: randomUUID(),
      accessMethodId: randomUUID(),
      doorIds: doors.entrances,
      window,
      code: String(randomInt(100_000, 1_000_000)),
      issued: false,
    };
    this.#grants.set(id, grant);
    this.#milestones.reach({ workflowId: id, milestone: 'granted' });
    return this.#show(grant);
  }

  async changeWindow(): Promise<void> {
    throw new Error('A standard stay never changes its times.');
  }

  async renewKey(): Promise<{ readonly isNew: boolean }> {
    throw new Error('A standard stay has no Instant Key.');
  }

  async read(): Promise<AccessReading> {
    const id = workflowId();
    this.#milestones.reach({ workflowId: id, milestone: 'read' });
    return this.#show(this.#grants.get(id));
  }

  async revoke(): Promise<{ readonly gone: boolean }> {
    this.#grants.delete(workflowId());
    const { found } = await this.read();
    return { gone: !found };
  }

  async secret({ fingerprintKeyId }: { readonly fingerprintKeyId: string | null }): Promise<CredentialSecret> {
    const grant = this.#grants.get(workflowId());
    if (grant === undefined) return { secret: null, issued: false, fingerprint: null };
    return { secret: grant.code, issued: grant.issued, fingerprint: this.#fingerprint({ grant, keyId: fingerprintKeyId }) };
  }

  /** Issues the code and says so, as a webhook does. @throws Error before the grant is made */
  issue(id: string): SeamEvent {
    const grant = this.#grants.get(id);
    if (grant === undefined) throw new Error(`There is no grant of ${id} to issue.`);
    grant.issued = true;
    const { accessGrantId, accessMethodId } = grant;
    const event = { eventId: randomUUID(), eventType: 'access_method.issued', occurredAt: Date.now() };
    return { ...event, accessGrantIds: [accessGrantId], accessMethodId, doorId: null };
  }

  #fingerprint({ grant, keyId }: { readonly grant: Grant; readonly keyId: string | null }): string {
    return this.#fingerprints.of({ secret: grant.code, keyId });
  }

  #show(grant: Grant | undefined): AccessReading {
    if (grant === undefined) return ABSENT;
    const { accessGrantId, accessMethodId, doorIds, window, issued } = grant;
    const method: Method = {
      accessMethodId,
      mode: 'code',
      state: issued ? 'issued' : 'pending',
      isBackupCode: false,
      fingerprint: issued ? this.#fingerprint({ grant, keyId: null }) : null,
      doors: issued ? doorIds : [],
      expiresAt: null,
    };
    const doors = doorIds.map((id) => ({ id, kind: 'entrance' as const, name: 'Room 101', fault: null }));
    return { ...ABSENT, found: true, accessGrantId, window, doors, methods: [method] };
  }
}
