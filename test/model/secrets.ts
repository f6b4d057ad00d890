/** Every code and link there ever was, and what the engine may keep of one. */
import type { Mode } from '../../workflows/domain/property.ts';

export class Secrets {
  readonly #known = new Map<string, number>();

  get all(): Iterable<string> {
    return this.#known.keys();
  }

  /** A new one each time; cloud keys and cards have none. */
  mint(mode: Mode): string | null {
    if (mode === 'cloud_key' || mode === 'card') return null;
    const n = this.#known.size + 1;
    const digits = String(500_000 + ((n * 7_919) % 400_000));
    const secret = mode === 'mobile_key' ? `https://ik.seam.example/${digits}` : digits;
    this.#known.set(secret, n);
    return secret;
  }

  /** Never the secret itself. */
  fingerprint = (secret: string): string => `k1.print-${this.#known.get(secret) ?? 0}`;
}
