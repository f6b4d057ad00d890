/** Asked before a stay is let into a unit, and again before anybody is told (rule 4). */
import { keptOutBy, type Neighbour, type OccupancyQuestion, occupantOf, type Residue, residuesOf } from '../workflows/domain/occupancy.ts';
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

/** What is to be known of the neighbours once a stay is let in. */
export interface Neighbourhood {
  /** With `overlap: warn`: the key of the stay that has the unit, too. */
  readonly sharesWith?: string;
  /** What other stays left behind in the unit. */
  readonly residues?: readonly Residue[];
  /** The workflows of later booked stays that are kept out from now on. */
  readonly keepsOut?: readonly string[];
}

export function neighbourhoodOf(asked: { question: OccupancyQuestion; neighbours: readonly Neighbour[] }): Neighbourhood {
  const sharesWith = occupantOf({ ...asked, now: Date.now() })?.key;
  const keepsOut = keptOutBy(asked);
  return { ...residuesIn(asked), ...(sharesWith === undefined ? {} : { sharesWith }), ...(keepsOut.length === 0 ? {} : { keepsOut }) };
}

/** As a result carries it: a history pays for each word, and nearly every answer is nothing. */
export function residuesIn(asked: { question: OccupancyQuestion; neighbours: readonly Neighbour[] }): {
  readonly residues?: readonly Residue[];
} {
  const residues = residuesOf(asked);
  return residues.length === 0 ? {} : { residues };
}
