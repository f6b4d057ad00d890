/** What happened in Seam, as events on their way. */
import type { SeamEvent } from '../../workflows/messages.ts';

export class Happenings {
  /** On their way. */
  events: SeamEvent[] = [];
  /** They never came; the catch-up brings them later. */
  lost: SeamEvent[] = [];
  now = 0;
  #names = 0;

  /** Whether anything happened to a grant of which no event has come yet. */
  isUnheard = (grantId: string): boolean => [...this.events, ...this.lost].some((event) => event.accessGrantIds.includes(grantId));

  protected name(of: string): string {
    this.#names += 1;
    return `${of}-${this.#names}`;
  }

  protected happened({ type, grantId, methodId = null }: { type: string; grantId: string; methodId?: string | null }): void {
    const event = { eventId: this.name('event'), eventType: type, occurredAt: this.now, doorId: null };
    this.events.push({ ...event, accessGrantIds: [grantId], accessMethodId: methodId });
  }
}
