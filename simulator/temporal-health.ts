/** Waits until a dev server that is just starting takes requests, and sets what no flag of it sets. */
import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { Connection } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';

/** How long closed runs can be read. */
const RETENTION = '90 days';
/** Milliseconds: a large database takes a while to open. */
const STARTS_WITHIN = 60_000;

interface Starting {
  readonly child: ChildProcess;
  readonly address: string;
  readonly namespace: string;
  readonly logFile: string | undefined;
}

/** That the setting is accepted also shows that the namespace takes requests. */
async function keepClosedRuns({ address, namespace }: { readonly address: string; readonly namespace: string }): Promise<void> {
  // Short: a connection that meets a closed port waits a second before it looks again, a new one looks at once.
  const connection = await Connection.connect({ address, connectTimeout: 500 });
  try {
    const config = { workflowExecutionRetentionTtl: msToTs(RETENTION) };
    await connection.withDeadline(Date.now() + 5_000, async () => connection.workflowService.updateNamespace({ namespace, config }));
  } finally {
    await connection.close();
  }
}

/** @throws Error when the server ends, or is not healthy within a minute */
export async function whenHealthy({ child, address, namespace, logFile }: Starting): Promise<void> {
  const deadline = Date.now() + STARTS_WITHIN;
  const where = logFile === undefined ? '' : ` Its output is in ${logFile}.`;
  for (;;) {
    try {
      return await keepClosedRuns({ address, namespace });
    } catch (cause) {
      if (child.exitCode !== null || child.signalCode !== null)
        throw new Error(`The Temporal dev server ended while it started (${child.exitCode ?? child.signalCode}).${where}`, { cause });
      if (Date.now() > deadline)
        throw new Error(`The Temporal dev server at ${address} is not healthy after ${STARTS_WITHIN / 1000} s.${where}`, { cause });
      await sleep(50);
    }
  }
}
