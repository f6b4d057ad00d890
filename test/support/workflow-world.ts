/** The real workflow on Temporal's time-skipping server, over an access port in memory: 180 days pass in milliseconds. */
import { randomUUID } from 'node:crypto';
import type { WorkflowHandle } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { Worker, type WorkflowBundleWithSourceMap } from '@temporalio/worker';
import { createAccessActivities } from '../../activities/access.ts';
import { createErrandActivities } from '../../activities/errands.ts';
import type { SendInput, SendResult } from '../../activities/inputs.ts';
import type { NeighbourPort } from '../../activities/ports.ts';
import type { Property } from '../../workflows/domain/property.ts';
import type { Reservation } from '../../workflows/domain/reservation.ts';
import type { ReservationState } from '../../workflows/domain/state.ts';
import { type ReservationFact, reservationSignal, viewQuery } from '../../workflows/messages.ts';
import type { reservationAccess } from '../../workflows/reservation-access.ts';
import { initialSearchAttributes } from '../../workflows/visibility.ts';
import { ErrandsInMemory } from './errands-in-memory.ts';
import { SeamInMemory } from './seam-in-memory.ts';
import { aProperty } from './stays.ts';
import { useTimeSkippingServer } from './time-skipping-server.ts';
import { until } from './until.ts';

type Handle = WorkflowHandle<typeof reservationAccess>;

export class WorkflowWorld {
  readonly env: TestWorkflowEnvironment;
  readonly bundle: WorkflowBundleWithSourceMap;
  readonly seam = new SeamInMemory();
  readonly errands = new ErrandsInMemory();
  readonly sent: SendInput[] = [];
  /** What a question for other stays of a unit finds. */
  findNeighbours: NeighbourPort['find'] = async () => [];
  /** As the worker's own clock shows it to errands. */
  errandsNow = 0;
  readonly taskQueue = `test-${randomUUID()}`;
  #worker: { readonly worker: Worker; readonly running: Promise<void> } | null = null;

  constructor(env: TestWorkflowEnvironment, bundle: WorkflowBundleWithSourceMap) {
    this.env = env;
    this.bundle = bundle;
  }

  /** `bundle`: another version of the workflow, for a deploy. `remembered`: reservations kept in memory; the others are replayed. */
  async startWorker({
    bundle = this.bundle,
    remembered,
  }: {
    bundle?: WorkflowBundleWithSourceMap;
    remembered?: number;
  } = {}): Promise<void> {
    const sendMessage = async (input: SendInput): Promise<SendResult> => {
      this.sent.push(input);
      return { outcome: 'sent', providerId: `provider-${input.messageId}` };
    };
    const worker = await Worker.create({
      connection: this.env.nativeConnection,
      taskQueue: this.taskQueue,
      workflowBundle: bundle,
      ...(remembered === undefined ? {} : { maxCachedWorkflows: remembered }),
      activities: {
        ...createAccessActivities({ access: this.seam, neighbours: { find: (question) => this.findNeighbours(question) } }),
        ...createErrandActivities({ errands: this.errands, now: () => this.errandsNow, pause: async () => undefined }),
        sendMessage,
      },
    });
    this.#worker = { worker, running: worker.run() };
  }

  async stopWorker(): Promise<void> {
    this.#worker?.worker.shutdown();
    await this.#worker?.running;
    this.#worker = null;
  }

  now(): Promise<number> {
    return this.env.currentTimeMs();
  }

  async put({
    reservation,
    property = aProperty(),
    id,
    carried = null,
  }: {
    reservation: Reservation;
    property?: Property;
    id: string;
    carried?: ReservationState | null;
  }): Promise<Handle> {
    const key = { source: 'test', reservationId: id, workflowId: `latchkey:test:${id}` };
    const fact: ReservationFact = { reservation, property };
    return this.env.client.workflow.signalWithStart<typeof reservationAccess, [ReservationFact]>('reservationAccess', {
      taskQueue: this.taskQueue,
      workflowId: key.workflowId,
      args: [{ reservation: key, carried }],
      signal: reservationSignal,
      signalArgs: [fact],
      typedSearchAttributes: initialSearchAttributes({ key, fact, now: await this.now() }),
    });
  }

  /** Waits, in real time, until the view of a running reservation is as asked; the server's time stands still meanwhile. */
  async seen({ handle, readiness }: { handle: Handle; readiness: string }): Promise<void> {
    await until(`readiness ${readiness}`, async () => (await handle.query(viewQuery)).readiness === readiness);
  }

  kinds(): string[] {
    return this.sent.map((message) => `${message.channel} ${message.notice.kind}`);
  }
}

/** One server and bundle for a test file; its tests run one after the other, for they share its time. */
export function useWorkflowWorld(): () => Promise<WorkflowWorld> {
  const worlds: WorkflowWorld[] = [];
  const server = useTimeSkippingServer({
    beforeStop: async () => {
      for (const world of worlds) await world.stopWorker();
    },
  });
  return async () => {
    const { env, bundle } = server();
    const world = new WorkflowWorld(env, bundle);
    worlds.push(world);
    await world.startWorker();
    return world;
  };
}
