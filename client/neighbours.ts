/** Other stays of the same units, from visibility: no workflow is woken. */
import type { WorkflowExecutionInfo } from '@temporalio/client';
import { failure } from '../activities/failures.ts';
import type { NeighbourPort } from '../activities/ports.ts';
import type { Neighbour } from '../workflows/domain/occupancy.ts';
import { stayKindOf } from '../workflows/domain/reservation.ts';
import { meets, type UnitWindow, unitIdsOf, unitWindowsIn } from '../workflows/domain/unit-window.ts';
import { ATTRIBUTES } from '../workflows/visibility.ts';
import { allOf, anyOf, canBeAsked, equals, oneOf } from './reservations/visibility-query.ts';

/** More stays of one unit at one time are a fault of the PMS, and one in the way is enough. */
const LIMIT = 100;
/** Statuses of a booking that has its units, or had them until its cancellation. */
const BOOKED: ReadonlySet<string> = new Set(['confirmed', 'checked_in', 'cancelled']);
/** Statuses that give no unit, while what was given before may still open one. */
const KEEPING: ReadonlySet<string> = new Set(['no_show', 'tentative']);

type Seen = Pick<WorkflowExecutionInfo, 'workflowId' | 'typedSearchAttributes'>;

/** As much of Temporal's client as is needed. */
interface Visibility {
  readonly workflow: { list(options: { readonly query: string; readonly pageSize: number }): AsyncIterable<Seen> };
}

/** Asked when something goes wrong: nobody is let in on a guess. @throws Unexpected */
export function createNeighbours({ client }: { client: Visibility }): NeighbourPort {
  return {
    async find({ propertyId, units: wanted }) {
      const units = unitIdsOf(wanted).filter(canBeAsked);
      if (units.length === 0) return [];
      const query = allOf([
        equals('ExecutionStatus', 'Running'),
        equals('LatchkeyProperty', propertyId),
        anyOf([oneOf('LatchkeyUnits', units), oneOf('LatchkeyResidual', units)]),
      ]);
      const found: Neighbour[] = [];
      try {
        for await (const stay of client.workflow.list({ query, pageSize: LIMIT })) {
          const neighbour = neighbourOf({ stay, wanted });
          if (neighbour !== null) found.push(neighbour);
          if (found.length === LIMIT) break;
        }
      } catch {
        throw failure({ type: 'Unexpected', code: 'visibility' });
      }
      return found;
    },
  };
}

/** null: it neither has one of the units at the time nor left one open that is asked for. */
function neighbourOf({ stay, wanted }: { stay: Seen; wanted: readonly UnitWindow[] }): Neighbour | null {
  const { workflowId, typedSearchAttributes: attributes } = stay;
  const startsAt = attributes.get(ATTRIBUTES.startsAt)?.getTime();
  const endsAt = attributes.get(ATTRIBUTES.endsAt)?.getTime();
  const status = attributes.get(ATTRIBUTES.status) ?? '';
  if (startsAt === undefined || endsAt === undefined) return null;
  const hasGrants = (attributes.get(ATTRIBUTES.grantIds) ?? []).length > 0;
  const readiness = attributes.get(ATTRIBUTES.readiness);
  const isHolding = BOOKED.has(status) || (KEEPING.has(status) && hasGrants);
  const asked = (keywords: readonly string[] | undefined): readonly UnitWindow[] =>
    unitWindowsIn({ keywords: keywords ?? [], otherwise: { startsAt, endsAt } }).filter((unit) =>
      wanted.some((other) => meets(unit, other)),
    );
  const units = isHolding ? asked(attributes.get(ATTRIBUTES.units)) : [];
  const residual = asked(attributes.get(ATTRIBUTES.residual));
  if (units.length === 0 && residual.length === 0) return null;
  return {
    workflowId,
    key: workflowId.slice(workflowId.indexOf(':') + 1),
    units,
    bookedAt: attributes.get(ATTRIBUTES.bookedAt)?.getTime() ?? 0,
    kind: stayKindOf(attributes.get(ATTRIBUTES.kind) ?? ''),
    booking: units.length > 0 ? (attributes.get(ATTRIBUTES.booking) ?? null) : null,
    isOut: status === 'cancelled' || readiness === 'closed' || (readiness === 'closing' && !hasGrants),
    ...(residual.length > 0 ? { residual } : {}),
  };
}
