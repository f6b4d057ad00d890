/** How long before access starts the health of a door matters, by the configuration. */
import type { Configuration } from '../config/configuration.ts';
import type { Duration } from '../workflows/domain/reservation.ts';

/** Of the property that looks furthest ahead. */
export const widestAttention = ({ properties }: Configuration): Duration =>
  Math.max(0, ...[...properties.values()].map(({ access }) => access.attentionBefore));

/** null: the property is configured no longer. */
export const attentionOf =
  ({ properties }: Configuration) =>
  (propertyId: string): Duration | null =>
    properties.get(propertyId)?.access.attentionBefore ?? null;
