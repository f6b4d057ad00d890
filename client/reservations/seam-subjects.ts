/** What an event of Seam's is about where it names no key of ours, and the stays that are known to hold it. */
import { markedId } from '../../workflows/domain/low-level.ts';
import { WORKFLOW_TYPE } from '../../workflows/messages.ts';
import type { Context } from './context.ts';
import { callTemporal } from './temporal-calls.ts';
import { allOf, equals, startsWith } from './visibility-query.ts';

/** `kind`: the name of Seam's id of it. */
export interface Named {
  readonly kind: 'access_grant_id' | 'acs_credential_id' | 'acs_user_id' | 'access_code_id';
  readonly id: string;
}

interface Ids {
  readonly accessGrantIds: readonly string[];
  readonly acs_credential_id?: string | null | undefined;
  readonly acs_user_id?: string | null | undefined;
  readonly access_code_id?: string | null | undefined;
}

export function namedIn({ accessGrantIds, ...ids }: Ids): readonly Named[] {
  const kinds = ['acs_credential_id', 'acs_user_id', 'access_code_id'] as const;
  const others = kinds.flatMap((kind): Named[] => {
    const id = ids[kind];
    return id ? [{ kind, id }] : [];
  });
  return [...accessGrantIds.map((id): Named => ({ kind: 'access_grant_id', id })), ...others];
}

/** As stays publish it; null for a user, whom none publishes: with it go its credentials, which tell of their own. */
function handleOf({ kind, id }: Named): string | null {
  switch (kind) {
    case 'access_grant_id':
      return id;
    case 'acs_credential_id':
      return markedId({ provider: 'acs', id });
    case 'access_code_id':
      return markedId({ provider: 'access_codes', id });
    case 'acs_user_id':
      return null;
  }
}

interface Question {
  readonly context: Context;
  readonly named: Named;
  readonly deadline: number;
}

/** Their workflows, running or closed. */
export async function holdersOf({ context: { client, deployment }, named, deadline }: Question): Promise<readonly string[]> {
  const handle = handleOf(named);
  if (handle === null) return [];
  const ours = [equals('WorkflowType', WORKFLOW_TYPE), startsWith('WorkflowId', `${deployment}:`)];
  const query = allOf([equals('LatchkeyGrantIds', handle), ...ours]);
  const request = { namespace: client.options.namespace, query, pageSize: 10 };
  const { executions } = await callTemporal({ client, deadline, call: () => client.workflowService.listWorkflowExecutions(request) });
  return executions.flatMap(({ execution }) => (execution?.workflowId ? [execution.workflowId] : []));
}
