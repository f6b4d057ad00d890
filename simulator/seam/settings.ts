/** How the simulated world behaves: what a test, or a person who plays with it, may turn at any time. All times in milliseconds. */
import { z } from 'zod';
import { AILMENTS } from './ailments.ts';

export const settingsSchema = z.strictObject({
  /** From a request to the issued (or reissued, or encoded) credential. */
  issuanceDelayMs: z.number().int().min(0),
  /** A credential asked for after its start, and held back, counts as failed this much later. */
  failureGraceMs: z.number().int().min(0),
  /** Nothing is issued until it is false again. */
  holdIssuance: z.boolean(),
  /** How long a deleted grant or method still shows, as `being_deleted`. */
  deleteDelayMs: z.number().int().min(0),
  /** Deletes answer ok, and the access methods survive all the same; so they do at their end. */
  deletesDoNotTake: z.boolean(),
  /** Added to every answer. */
  answerDelayMs: z.number().int().min(0),
  /** Ids of entrances and devices that are offline: nothing is issued for them, and they can't be unlocked. */
  offlineDoors: z.array(z.string()),
  /** What else is wrong with doors and systems, by id: nothing stops working by it, Seam only shows it. */
  ailments: z.record(z.string(), z.enum(AILMENTS)),
  /** Codes that are asked for are taken, and others are issued. */
  refuseCodes: z.boolean(),
  /** How long an Instant Key opens its page. */
  instantKeyLifeMs: z.number().int().min(1),
  cardsBy: z.enum(['encoding', 'assignment']),
  /** Encodings and assignments end with this error type of Seam's, for example `encoder_not_online`; null: they succeed. */
  encodingError: z.string().nullable(),
  unlocksConfirmed: z.boolean(),
  /** Unlocks end with this error, for example `lock_jammed`; null: they succeed. */
  unlockError: z.string().nullable(),
  /** Locks fail to take the codes of the Access Codes API. */
  locksFail: z.boolean(),
  dropWebhooks: z.boolean(),
  /** How often each webhook is sent. */
  webhookCopies: z.number().int().min(1).max(10),
  /** Webhooks wait a random time up to this, and so overtake one another. */
  shuffleWebhooksMs: z.number().int().min(0),
});

export type Settings = z.infer<typeof settingsSchema>;

const DAY = 86_400_000;

export function defaultSettings(): Settings {
  return {
    issuanceDelayMs: 200,
    failureGraceMs: 5_000,
    holdIssuance: false,
    deleteDelayMs: 0,
    deletesDoNotTake: false,
    answerDelayMs: 0,
    offlineDoors: [],
    ailments: {},
    refuseCodes: false,
    instantKeyLifeMs: 2 * DAY,
    cardsBy: 'encoding',
    encodingError: null,
    unlocksConfirmed: true,
    unlockError: null,
    locksFail: false,
    dropWebhooks: false,
    webhookCopies: 1,
    shuffleWebhooksMs: 0,
  };
}
