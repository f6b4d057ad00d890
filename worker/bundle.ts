/**
 * The workflow bundle. Without preloading every reservation in memory evaluates its own copy of all modules; preloaded, all reservations
 * of a worker share one. Therefore no module of `workflows/` keeps anything: what a reservation knows lives in its function.
 */
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, Runtime, type WorkflowBundleWithSourceMap } from '@temporalio/worker';
import { failureConverterPath } from '../config/data-converter.ts';

const ENTRY = fileURLToPath(new URL('../workflows/index.ts', import.meta.url));

/** Built once per process: the same code for every worker in it. The converter's path has to be given at bundling time. */
export function bundleWorkflows(workflowsPath: string = ENTRY): Promise<WorkflowBundleWithSourceMap> {
  return bundleWorkflowCode({ workflowsPath, preloadModules: [workflowsPath], failureConverterPath, logger: Runtime.instance().logger });
}
