/** What goes wrong with the next messages to the phone, for one number or for any. */
export type PhoneFault = {
  /** null: any number. */
  readonly to: string | null;
  readonly times: number;
} & (
  | {
      readonly kind: 'refuse';
      readonly status: number;
      /** One of Twilio's error codes: 21610 opted out, 21211 no valid number, 20429 too many requests, … */
      readonly code: number;
      /** Seconds. */
      readonly retryAfter?: number;
    }
  /** Taken, then the connection is cut. */
  | { readonly kind: 'lose' }
  /** Cut before it is taken. */
  | { readonly kind: 'cut' }
);

export class PhoneFaults {
  readonly #waiting: { readonly fault: PhoneFault; left: number }[] = [];

  add(fault: PhoneFault): void {
    this.#waiting.push({ fault, left: fault.times });
  }

  clear(): void {
    this.#waiting.length = 0;
  }

  /** The oldest fault for this number, counted as used, or null. */
  take(to: string): PhoneFault | null {
    const index = this.#waiting.findIndex(({ fault }) => fault.to === null || fault.to === to);
    const found = this.#waiting[index];
    if (found === undefined) return null;
    found.left -= 1;
    if (found.left === 0) this.#waiting.splice(index, 1);
    return found.fault;
  }
}
