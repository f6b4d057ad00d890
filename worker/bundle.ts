/**
 * The workflow bundle. Every reservation in memory evaluates it anew, but for what is preloaded: the domain is pure and knows no
 * Temporal, so all reservations of a worker share one copy of it.
 */
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, Runtime, type WorkflowBundleWithSourceMap } from '@temporalio/worker';
import { failureConverterPath } from '../config/data-converter.ts';

const inWorkflows = (file: string): string => fileURLToPath(new URL(`../workflows/${file}`, import.meta.url));

/** Modules without state of their own: a module that keeps something about one reservation must never be named here. */
const PURE = ['apply', 'decide', 'view', 'order-refusal'].map((name) => inWorkflows(`domain/${name}.ts`));

/** Built once per process: the same code for every worker in it. The converter's path has to be given at bundling time. */
export function bundleWorkflows(): Promise<WorkflowBundleWithSourceMap> {
  return bundleWorkflowCode({
    workflowsPath: inWorkflows('index.ts'),
    preloadModules: PURE,
    failureConverterPath,
    logger: Runtime.instance().logger,
  });
}
