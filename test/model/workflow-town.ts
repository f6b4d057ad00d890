/** Many running reservations on one time-skipping server: one worker carries them all, and one clock moves for all. */
import { randomUUID } from 'node:crypto';
import { WorkflowClient } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { Worker, type WorkflowBundleWithSourceMap } from '@temporalio/worker';
import type { ReservationFact } from '../../workflows/messages.ts';
import { WorkflowLine } from './workflow-line.ts';
import { modelActivities } from './workflow-ports.ts';
import { WorkflowStay } from './workflow-stay.ts';

const DAY = 24 * 3_600_000;
/** More than are ever played, however slow the machine: the replays of `test/replay` are of real histories. */
const REMEMBERED = 10_000;

export class Town {
  readonly taskQueue = `model-${randomUUID()}`;
  readonly #env: TestWorkflowEnvironment;
  readonly #stays = new Map<string, WorkflowStay>();
  readonly #client: WorkflowClient;
  #opened = 0;
  #isMoving = false;
  /** By how much the server's clock is before this machine's. Milliseconds. */
  #ahead: number | null = null;
  #worker: { readonly worker: Worker; readonly running: Promise<void> } | null = null;

  constructor(env: TestWorkflowEnvironment) {
    this.#env = env;
    // The environment's own client moves the clock when it waits for a result.
    this.#client = new WorkflowClient({ connection: env.connection });
  }

  async startWorker(workflowBundle: WorkflowBundleWithSourceMap): Promise<void> {
    const worker = await Worker.create({
      connection: this.#env.nativeConnection,
      taskQueue: this.taskQueue,
      workflowBundle,
      activities: modelActivities(this.#stays),
      maxCachedWorkflows: REMEMBERED,
      stickyQueueScheduleToStartTimeout: '10 minutes',
      maxConcurrentActivityTaskExecutions: 2_000,
    });
    this.#worker = { worker, running: worker.run() };
  }

  async stop(): Promise<void> {
    for (const stay of this.#stays.values()) stay.finish();
    this.#worker?.worker.shutdown();
    await this.#worker?.running;
  }

  /** While the clock is not moved it runs like any other. */
  now = async (): Promise<number> => {
    if (this.#isMoving || this.#ahead === null) this.#ahead = (await this.#env.currentTimeMs()) - Date.now();
    return Date.now() + this.#ahead;
  };

  open({ fact, now }: { fact: ReservationFact; now: number }): WorkflowStay {
    this.#opened += 1;
    const name = `S${this.#opened}`;
    const line = new WorkflowLine({ client: this.#client, taskQueue: this.taskQueue, name, now: this.now });
    const stay = new WorkflowStay({ line, fact, now });
    this.#stays.set(line.workflowId, stay);
    return stay;
  }

  /** Time passes for all of them; whatever becomes due is done meanwhile. */
  async move(span: number): Promise<void> {
    for (const stay of this.#stays.values()) stay.finish();
    this.#isMoving = true;
    await this.#env.sleep(span);
    this.#isMoving = false;
    this.#ahead = null;
  }

  /** What depends on the hour comes out alike in every run. */
  async moveToNoon(): Promise<void> {
    await this.move(DAY + DAY / 2 - ((await this.now()) % DAY));
  }

  /** Whatever it was doing. */
  async close(stay: WorkflowStay): Promise<void> {
    this.#stays.delete(stay.workflowId);
    await stay.end();
  }
}
