/** What went wrong at a door or an encoder, and what the person who asked can do: by the documented errors of Seam's action attempts. */
import type { Deed } from './errand.ts';
import { FAILURES, type Failure } from './failure-types.ts';

type Kind = Deed['kind'];
/** A card that is read is no errand of a stay, and meets the same errors. */
type Attempted = Kind | 'scan';

const AGAIN: Readonly<Record<Attempted, string>> = {
  unlock: 'ask again',
  encode: 'use "encode-card" again',
  assign: 'use "assign-card" again',
  scan: 'scan again',
};

const LOOK_FIRST: Readonly<Record<Kind, string>> = {
  unlock: 'Try the door; if it is locked, ask again.',
  encode: 'If the card is not shown as issued in a minute, use "encode-card" again.',
  assign: 'If the card is not shown as issued in a minute, use "assign-card" again.',
};

/**
 * Source: Seam's OpenAPI, errors of the action attempts ENCODE_CREDENTIAL and ASSIGN_CREDENTIAL. Those of UNLOCK_DOOR are free texts; those
 * that begin with `card_` are our own, of cards that exist already.
 */
const ATTEMPT_ERRORS: Readonly<Record<string, string>> = {
  no_credential_on_encoder: 'There was no card on the encoder. Place a card on it',
  encoder_not_online: 'The encoder is not online. Check its power and network, or choose another one',
  encoder_communication_timeout: 'The encoder did not answer in time. Check its power and network, or choose another one',
  bridge_disconnected: 'The computer that connects the card system with Seam (Seam Bridge) is not connected. Start it',
  encoding_interrupted: 'The card was taken away before it was written. Leave it on the encoder until it is done',
  incompatible_card_format: 'This card is not of the kind that the card system writes. Take one of its own cards',
  action_attempt_expired: 'No card came in time. Place a card on the encoder first',
  card_in_use: 'This card is somebody else’s. Take another card, or take it from that person in the card system',
  card_opens_other_doors: 'This card opens other doors than those of the room. Take another card, or change it in the card system',
  card_starts_later: 'This card works only from later on. Take another card, or change it in the card system',
  card_end_not_set: 'The card system does not let this card end with the stay. Take another card',
  card_not_assigned: 'The card system does not show this card as the guest’s',
  credential_not_found: 'The card system knows no card of this number. Check the number',
};

/** Not to be mended by asking again. */
const DEAD_ENDS: Readonly<Record<string, string>> = {
  credential_cannot_be_reissued: 'This card cannot be written a second time. Use "reissue" for a new one.',
  credential_deleted: 'The card system does not know this card any more. Use "reissue" for a new one.',
};

const FALLBACK: Readonly<Record<Attempted, string>> = {
  unlock: 'The door was not unlocked. Check that the lock is online',
  encode: 'The card was not written. Try another card or another encoder, and look at the card system',
  assign: 'The card was not assigned. Check the number, and look at the card system',
  scan: 'The card was not read. Try another encoder, and look at the card system',
};

/** `code` is Seam's, or null where it gave none. */
export function attemptProblem({ kind, code }: { kind: Attempted; code: string | null }): string {
  const named = code === null ? '' : ` (${code})`;
  const deadEnd = code !== null && Object.hasOwn(DEAD_ENDS, code) ? DEAD_ENDS[code] : undefined;
  if (deadEnd !== undefined) return `${deadEnd}${named}`;
  const known = code !== null && Object.hasOwn(ATTEMPT_ERRORS, code) ? ATTEMPT_ERRORS[code] : undefined;
  return `${known ?? FALLBACK[kind]}, then ${AGAIN[kind]}.${named}`;
}

/** `isKnown`: it is sure that nothing was done. */
export function failureProblem({ kind, isKnown, failure }: { kind: Kind; isKnown: boolean; failure: Failure }): string {
  const why = `${FAILURES[failure.type].text}${failure.code === null ? '' : ` (${failure.code})`}`;
  if (isKnown) return `Not done: ${why}. Mend the cause if there is one, then ${AGAIN[kind]}.`;
  return `It is not known whether it was done: ${why}. ${LOOK_FIRST[kind]}`;
}

export const silenceProblem = (kind: Kind): string => `Seam has not said what came of it. ${LOOK_FIRST[kind]}`;
