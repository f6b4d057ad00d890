/** The name of a stay where its number must not stand: in the id of its erasure, and in the audit log. */
import { createHash } from 'node:crypto';

const DIGITS = 32;

/** Of the key `<source>:<reservationId>`: the first 32 hexadecimal digits of its SHA-256. */
export const stayHash = (key: string): string => createHash('sha256').update(key).digest('hex').slice(0, DIGITS);
