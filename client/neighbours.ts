/** Other stays of the same units, from visibility: no workflow is woken. */
import type { Client } from '@temporalio/client';
import { failure } from '../activities/failures.ts';
import type { NeighbourPort } from '../activities/ports.ts';
import type { Neighbour } from '../workflows/domain/occupancy.ts';
import { stayKindOf } from '../workflows/domain/reservation.ts';
import { ATTRIBUTES } from '../workflows/visibility.ts';
import { allOf, canBeAsked, equals, oneOf } from './reservations/visibility-query.ts';

/** More stays of one unit at one time are a fault of the PMS, and one in the way is enough. */
const LIMIT = 100;

/** Asked when something goes wrong: nobody is let in on a guess. @throws Unexpected */
export function createNeighbours({ client }: { client: Client }): NeighbourPort {
  return {
    async find({ propertyId, unitIds, window }) {
      const units = unitIds.filter(canBeAsked);
      if (units.length === 0) return [];
      const query = allOf([
        equals('ExecutionStatus', 'Running'),
        equals('LatchkeyProperty', propertyId),
        oneOf('LatchkeyUnits', units),
        oneOf('LatchkeyStatus', ['confirmed', 'checked_in', 'cancelled']),
      ]);
      const found: Neighbour[] = [];
      try {
        for await (const { workflowId, typedSearchAttributes: attributes } of client.workflow.list({ query, pageSize: LIMIT })) {
          const startsAt = attributes.get(ATTRIBUTES.startsAt)?.getTime();
          const endsAt = attributes.get(ATTRIBUTES.endsAt)?.getTime();
          if (startsAt === undefined || endsAt === undefined || startsAt >= window.endsAt || endsAt <= window.startsAt) continue;
          found.push({
            workflowId,
            key: workflowId.slice(workflowId.indexOf(':') + 1),
            unitIds: attributes.get(ATTRIBUTES.units) ?? [],
            window: { startsAt, endsAt },
            bookedAt: attributes.get(ATTRIBUTES.bookedAt)?.getTime() ?? 0,
            kind: stayKindOf(attributes.get(ATTRIBUTES.kind) ?? ''),
            booking: attributes.get(ATTRIBUTES.booking) ?? null,
            isCancelled: attributes.get(ATTRIBUTES.status) === 'cancelled',
          });
          if (found.length === LIMIT) break;
        }
      } catch {
        throw failure({ type: 'Unexpected', code: 'visibility' });
      }
      return found;
    },
  };
}
