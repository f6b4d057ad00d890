/** Makes the search attributes that lists and routing need; where the server does not allow it, says the commands that do. */
import { type Connection, isGrpcServiceError } from '@temporalio/client';
import { type SearchAttributeType } from '@temporalio/common';
import { ATTRIBUTES } from '../workflows/visibility.ts';

/** `temporal.api.enums.v1.IndexedValueType`. */
const WIRE: Record<SearchAttributeType, number> = { TEXT: 1, KEYWORD: 2, INT: 3, DOUBLE: 4, BOOL: 5, DATETIME: 6, KEYWORD_LIST: 7 };
const CLI_NAME: Record<SearchAttributeType, string> = {
  TEXT: 'Text',
  KEYWORD: 'Keyword',
  INT: 'Int',
  DOUBLE: 'Double',
  BOOL: 'Bool',
  DATETIME: 'Datetime',
  KEYWORD_LIST: 'KeywordList',
};
const ALREADY_EXISTS = 6;

export class SearchAttributesMissing extends Error {
  override readonly name = 'SearchAttributesMissing';

  constructor({ namespace, missing, cause }: { namespace: string; missing: readonly string[]; cause: unknown }) {
    const commands = missing.map(
      (name) => `  temporal operator search-attribute create --namespace ${namespace} --name ${name} --type ${typeNamed(name)}`,
    );
    super(
      `Temporal does not let this account add search attributes to namespace ${namespace}. Run, with an account that may:\n${commands.join('\n')}`,
      { cause },
    );
  }
}

const typeNamed = (name: string): string => CLI_NAME[Object.values(ATTRIBUTES).find((key) => key.name === name)?.type ?? 'KEYWORD'];

/** Idempotent, also when several processes start at once. */
export async function ensureSearchAttributes({
  connection,
  namespace,
}: {
  connection: Pick<Connection, 'operatorService'>;
  namespace: string;
}): Promise<void> {
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace }).catch(() => ({ customAttributes: {} }));
  const missing = Object.values(ATTRIBUTES).filter((key) => !Object.hasOwn(customAttributes ?? {}, key.name));
  if (missing.length === 0) return;
  try {
    await connection.operatorService.addSearchAttributes({
      namespace,
      searchAttributes: Object.fromEntries(missing.map((key) => [key.name, WIRE[key.type]])),
    });
  } catch (error) {
    if (isGrpcServiceError(error) && Number(error.code) === ALREADY_EXISTS) return;
    throw new SearchAttributesMissing({ namespace, missing: missing.map((key) => key.name), cause: error });
  }
}
