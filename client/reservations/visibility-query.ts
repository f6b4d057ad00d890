/**
 * The one place where a visibility query is written. Attributes and operators are constants of this file, and every value passes
 * `literal`: nothing that somebody sent is ever part of the query's grammar.
 */

type Value = string | number;

/** A part of a query. Only made here; the brand keeps a plain text from being passed as one. */
export interface Condition {
  readonly sql: string;
  readonly brand: 'visibility condition';
}

type Attribute =
  | 'WorkflowId'
  | 'WorkflowType'
  | 'ExecutionStatus'
  | 'LatchkeyProperty'
  | 'LatchkeyStatus'
  | 'LatchkeyReadiness'
  | 'LatchkeySource'
  | 'LatchkeyArrivalDate'
  | 'LatchkeyEndsAt'
  | 'CloseTime'
  | 'LatchkeyGrantIds'
  | 'LatchkeyUnits'
  | 'LatchkeyResidual'
  | 'LatchkeyBooking';

const condition = (sql: string): Condition => ({ sql, brand: 'visibility condition' });

/**
 * The server's own parser escapes these anew for its database, and then finds nothing: they are refused, whatever a next version makes of
 * them. A quote is doubled, which each version reads as one.
 */
const FORBIDDEN = /["\\\p{Cc}]/u;

/** Whether a value can be asked for at all; nothing stored can match what cannot. */
export const canBeAsked = (text: string): boolean => text.length <= 1000 && !FORBIDDEN.test(text);

function literal(value: Value): string {
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw new RangeError('a visibility query takes whole numbers only');
    return String(value);
  }
  if (!canBeAsked(value)) throw new RangeError('a visibility query takes no double quotes, backslashes and control characters');
  return `'${value.replaceAll("'", "''")}'`;
}

export const equals = (attribute: Attribute, value: Value): Condition => condition(`${attribute} = ${literal(value)}`);
export const differs = (attribute: Attribute, value: Value): Condition => condition(`${attribute} != ${literal(value)}`);
export const startsWith = (attribute: Attribute, value: string): Condition => condition(`${attribute} STARTS_WITH ${literal(value)}`);
export const atLeast = (attribute: Attribute, value: number): Condition => condition(`${attribute} >= ${literal(value)}`);
export const atMost = (attribute: Attribute, value: number): Condition => condition(`${attribute} <= ${literal(value)}`);
/** `at` in milliseconds since the epoch. */
export const notAfter = (attribute: Attribute, at: number): Condition =>
  condition(`${attribute} <= ${literal(new Date(at).toISOString())}`);
/** `values` must not be empty. */
export const oneOf = (attribute: Attribute, values: readonly Value[]): Condition =>
  condition(`${attribute} IN (${values.map(literal).join(', ')})`);

/** `conditions` must not be empty. */
export const anyOf = (conditions: readonly Condition[]): Condition => condition(`(${conditions.map(({ sql }) => sql).join(' OR ')})`);

export const allOf = (conditions: readonly Condition[]): string => conditions.map(({ sql }) => sql).join(' AND ');
