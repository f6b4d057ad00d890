/** What a card on an encoder opens, and until when, as the card itself and Seam say. Reads only; nothing of it is kept. */
import { z } from 'zod';
import { connectToSeam, type SeamCalls, type SeamConnection } from '../activities/adapters/seam/calls.ts';

export interface ScannedCard {
  /** By which the card system knows it, for "assign-card"; null where it has none. */
  readonly cardNumber: string | null;
  readonly startsAt: string | null;
  readonly endsAt: string | null;
  /** null: Seam does not know what it opens. */
  readonly doors: readonly { readonly id: string; readonly name: string }[] | null;
}

/** `code`: the error of the action attempt. */
export type Scan = { readonly kind: 'card'; readonly card: ScannedCard } | { readonly kind: 'failed'; readonly code: string };

export interface ScanTimes {
  readonly now: () => number;
  readonly pause: (ms: number) => Promise<void>;
}

/** Milliseconds: a card has to be found and laid down first. */
const PATIENCE = 60_000;
const LOOK_EVERY = 1_000;

const onCard = z.object({
  card_number: z.string().nullish(),
  starts_at: z.string().nullish(),
  ends_at: z.string().nullish(),
});
const attempt = z.object({
  action_attempt_id: z.string(),
  status: z.enum(['pending', 'success', 'error']),
  error: z.object({ type: z.string() }).nullish(),
  result: z
    .object({
      acs_credential_on_encoder: onCard.nullish(),
      acs_credential_on_seam: z.object({ acs_credential_id: z.string() }).nullish(),
    })
    .nullish(),
});
const entrances = z.array(z.object({ acs_entrance_id: z.string(), display_name: z.string().nullish() }));

/** @throws a failure of Seam's */
export function cardScanner({ seam: connection, now, pause }: ScanTimes & { seam: SeamConnection }): (encoderId: string) => Promise<Scan> {
  return async (encoderId) => {
    const seam = connectToSeam(connection)(AbortSignal.timeout(2 * PATIENCE));
    const until = now() + PATIENCE;
    let seen = await seam.write({ answer: attempt, send: (api) => api.acs.encoders.scanCredential({ acs_encoder_id: encoderId }) });
    while (seen.status === 'pending') {
      if (now() >= until) return { kind: 'failed', code: 'action_attempt_expired' };
      await pause(LOOK_EVERY);
      const { action_attempt_id } = seen;
      seen = await seam.read({ answer: attempt, send: (api) => api.actionAttempts.get({ action_attempt_id }) });
    }
    if (seen.status === 'error') return { kind: 'failed', code: seen.error?.type ?? 'uncategorized_error' };
    const card = seen.result?.acs_credential_on_encoder;
    const credentialId = seen.result?.acs_credential_on_seam?.acs_credential_id ?? null;
    const doors = credentialId === null ? null : await doorsOf({ seam, credentialId });
    return {
      kind: 'card',
      card: { cardNumber: card?.card_number ?? null, startsAt: card?.starts_at ?? null, endsAt: card?.ends_at ?? null, doors },
    };
  };
}

async function doorsOf({ seam, credentialId }: { seam: SeamCalls; credentialId: string }): Promise<ScannedCard['doors']> {
  const found = await seam.find({
    answer: entrances,
    send: (api) => api.acs.credentials.listAccessibleEntrances({ acs_credential_id: credentialId }),
  });
  return found?.map(({ acs_entrance_id: id, display_name }) => ({ id, name: display_name ?? id })) ?? null;
}
