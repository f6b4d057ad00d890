/**
 * What has come in and was not taken in yet. It is waited for by one promise of its own: `condition` makes five, looks at them with
 * another entry into the sandbox, and each of both costs as much as a decision does.
 */
import type { Event } from './domain/event.ts';

export class Inbox {
  private events: Event[] = [];
  private isRung = false;
  private wakeUp = (): void => {};

  /** In the order in which they came. */
  get pending(): readonly Event[] {
    return this.events;
  }

  push(event: Event): void {
    this.events.push(event);
    this.wakeUp();
  }

  /** It is time to look again, though nothing has come in. */
  ring(): void {
    this.isRung = true;
    this.wakeUp();
  }

  /** Until something comes in or the time has come. Everything of one workflow task is there by then. */
  wait(): Promise<void> {
    return new Promise((resolve) => {
      this.wakeUp = resolve;
      if (this.events.length > 0 || this.isRung) resolve();
    });
  }

  empty(): readonly Event[] {
    const events = this.events;
    this.events = [];
    this.isRung = false;
    return events;
  }
}
