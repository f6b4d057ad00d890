/** Asked before a stay is let into a unit, and again before anybody is told (rule 4). */
import { type Neighbour, type OccupancyQuestion, occupantOf, type Residue, residuesOf } from '../workflows/domain/occupancy.ts';
import { failure } from './failures.ts';
import type { NeighbourPort } from './ports.ts';

/** The neighbours, none of whom is in the way. @throws UnitOccupied; it clears by itself, so it is asked again */
export async function askNeighbours({
  neighbours,
  question,
}: {
  neighbours: NeighbourPort;
  question: OccupancyQuestion;
}): Promise<readonly Neighbour[]> {
  const found = await neighbours.find(question);
  const occupant = question.overlap === 'hold' ? occupantOf({ question, neighbours: found, now: Date.now() }) : null;
  if (occupant !== null) throw failure({ type: 'UnitOccupied', code: occupant.key });
  return found;
}

/** As a result carries it: a history pays for each word, and nearly every answer is nothing. */
export function residuesIn(asked: { question: OccupancyQuestion; neighbours: readonly Neighbour[] }): {
  readonly residues?: readonly Residue[];
} {
  const residues = residuesOf(asked);
  return residues.length === 0 ? {} : { residues };
}
