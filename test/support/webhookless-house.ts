/** A house over a real Temporal server and the Seam simulator that no webhook ever reaches: only its Schedules tell it what happens. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, Connection, ScheduleOverlapPolicy } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import { createAccessActivities } from '../../activities/access.ts';
import { accessByProvider } from '../../activities/access-by-provider.ts';
import { createGrantLists } from '../../activities/adapters/grant-lists.ts';
import { createHouses } from '../../activities/adapters/houses.ts';
import { createSeamErrands } from '../../activities/adapters/seam/errands.ts';
import { createEventLog } from '../../activities/adapters/seam/event-log.ts';
import { createAcsAdapter } from '../../activities/adapters/seam-acs/adapter.ts';
import { createCodesAdapter } from '../../activities/adapters/seam-codes/adapter.ts';
import { createCatchUp } from '../../activities/catch-up.ts';
import { createErrandActivities } from '../../activities/errands.ts';
import { failure } from '../../activities/failures.ts';
import type { SendInput } from '../../activities/inputs.ts';
import type { AccessPort } from '../../activities/ports.ts';
import { createSweep } from '../../activities/sweep.ts';
import type { HousePort, UnownedPort } from '../../activities/upkeep-ports.ts';
import { attentionOf, widestAttention } from '../../client/attention.ts';
import { doorGrants } from '../../client/door-grants.ts';
import { grantKeys, holdersOfCode } from '../../client/grant-keys.ts';
import { takeReservation } from '../../client/intake.ts';
import type { Context } from '../../client/reservations/context.ts';
import { createReservations, type Reservations } from '../../client/reservations.ts';
import { ensureSchedules } from '../../client/schedules.ts';
import { ensureSearchAttributes } from '../../client/search-attributes.ts';
import { withSpaceStays } from '../../client/space-stays.ts';
import { createStandings } from '../../client/standings.ts';
import { createStays } from '../../client/stays.ts';
import { createSweepBrake } from '../../client/sweep-brake.ts';
import { createUnownedGrants } from '../../client/unowned-grants.ts';
import { acsSystemsOf, providersOf } from '../../config/configuration.ts';
import { dataConverter } from '../../config/data-converter.ts';
import { parseConfiguration } from '../../config/properties.ts';
import { CASA_DO_MONTE, HARBOUR_HOUSE } from '../../simulator/example-estate.ts';
import { startDevServer } from '../../simulator/temporal.ts';
import { findTemporal, TEMPORAL_CLI } from '../../simulator/temporal-binary.ts';
import { bundleWorkflows } from '../../worker/bundle.ts';
import { createWorker } from '../../worker/worker.ts';
import { caughtUpTypes } from '../../workflows/domain/catch-up-plan.ts';
import { CATCH_UP } from '../../workflows/domain/pace.ts';
import { adapterFor, codes, fingerprints } from './seam-fixture.ts';
import { openSeamWorkspace, ROOM_101, type SeamWorkspace } from './seam-workspace.ts';
import { silenceTemporal } from './silence.ts';
import { until } from './until.ts';

const HOUR = 3_600_000;
const at = (ms: number): string => new Date(Date.now() + ms).toISOString();

interface Parts {
  readonly context: Context;
  readonly workspace: SeamWorkspace;
}

export class WebhooklessHouse {
  readonly context: Context;
  readonly workspace: SeamWorkspace;
  readonly reservations: Reservations;
  readonly sent: SendInput[] = [];
  /** From where each run of the catch-up looked. */
  readonly since: number[] = [];
  /** The next run of the catch-up fails for good. */
  failsNext = false;

  constructor({ context, workspace }: Parts) {
    this.context = context;
    this.workspace = workspace;
    const { seam } = this;
    const asked = { grantKeyOf: grantKeys(seam), grantsAt: doorGrants(this.doors), holdersOfCode: holdersOfCode(seam) };
    this.reservations = createReservations({ ...context, ...asked });
  }

  get seam(): { readonly apiKey: string; readonly endpoint: string } {
    return { apiKey: this.workspace.apiKey, endpoint: this.workspace.simulator.url };
  }

  /** As each worker process has one of its own. */
  unowned(): UnownedPort {
    return createUnownedGrants({ context: this.context, grantList: createGrantLists(this.house) });
  }

  private get house() {
    const { configuration } = this.context;
    return { ...this.seam, providers: providersOf(configuration), systems: acsSystemsOf(configuration) };
  }

  private get doors(): HousePort {
    return withSpaceStays({ house: createHouses(this.house), seam: this.seam, context: this.context });
  }

  private get access(): AccessPort {
    const toSeam = { ...this.seam, fingerprints, codes };
    const lowLevel = { acs: createAcsAdapter(toSeam), access_codes: createCodesAdapter(toSeam) };
    return accessByProvider({ grants: adapterFor(toSeam.endpoint, toSeam.apiKey), lowLevel });
  }

  activities() {
    const { context, seam } = this;
    const { client, deployment } = context;
    const standings = createStandings({ client, deployment });
    const house = this.doors;
    const stays = createStays({ client, reservations: this.reservations });
    // Events count as old enough at once.
    const now = (): number => Date.now() + CATCH_UP.leftToWebhooks;
    const eventLog = createEventLog({ ...seam, types: caughtUpTypes(this.house.providers) });
    const catchUp = createCatchUp({
      deployment,
      eventLog,
      house,
      widestAttention: widestAttention(context.configuration),
      standings,
      stays,
      now,
    });
    const brake = createSweepBrake({ context, standings });
    const grantList = createGrantLists(this.house);
    return {
      ...createAccessActivities({ access: this.access, neighbours: { find: async () => [] } }),
      ...createErrandActivities({ errands: createSeamErrands(seam), now: Date.now, pause: (ms) => sleep(Math.min(ms, 20)) }),
      ...createSweep({
        deployment,
        grantList,
        house,
        attentionBefore: attentionOf(context.configuration),
        standings,
        stays,
        brake,
        unowned: this.unowned(),
        now,
      }),
      catchUpEvents: (input: { since: number }) => {
        this.since.push(input.since);
        if (!this.failsNext) return catchUp.catchUpEvents(input);
        this.failsNext = false;
        throw failure({ type: 'SeamRejected' });
      },
      sendMessage: async (input: SendInput) => {
        this.sent.push(input);
        return { outcome: 'sent' as const, providerId: input.messageId };
      },
    };
  }

  async book(reservationId: string, fields: Record<string, unknown> = {}): Promise<void> {
    const body = {
      propertyId: 'house',
      version: 1,
      status: 'confirmed',
      arrival: at(HOUR),
      departure: at(48 * HOUR),
      rooms: [{ id: '1', unitId: '101' }],
      guests: [{ id: 'g1', name: 'Ada Lovelace', email: 'ada@guests.example' }],
      ...fields,
    };
    const intake = takeReservation({ body, configuration: this.context.configuration, now: Date.now() });
    assert.ok(intake.ok, JSON.stringify(intake));
    await this.reservations.put({ source: 'pms', reservationId, reservation: intake.reservation });
  }

  handle(reservationId: string) {
    return this.context.client.workflow.getHandle(`${this.context.deployment}:pms:${reservationId}`);
  }

  schedule(name: string) {
    return this.context.client.schedule.getHandle(`${this.context.deployment}/${name}`);
  }

  async liveGrants(reservationId: string): Promise<string[]> {
    const grants = await this.workspace.seam.accessGrants.list();
    const prefix = `${this.context.deployment}:pms:${reservationId}#`;
    return grants.filter((grant) => grant.access_grant_key?.startsWith(prefix)).map((grant) => grant.access_grant_id);
  }

  /** Fires a Schedule and answers what its workflow ended with. */
  async fire(name: 'catch-up' | 'sweep'): Promise<unknown> {
    const schedule = this.schedule(name);
    const before = (await schedule.describe()).info.numActionsTaken;
    // The default policy of a trigger would not hand on the last result.
    await schedule.trigger(ScheduleOverlapPolicy.SKIP);
    const runs = await until(`${name} to be fired`, async () => {
      const { info } = await schedule.describe();
      return info.numActionsTaken > before && info.recentActions;
    });
    const { workflow } = runs.at(-1)?.action ?? {};
    assert.ok(workflow);
    return this.context.client.workflow.getHandle(workflow.workflowId, workflow.firstExecutionRunId).result();
  }

  /** Once visibility shows it, too; the catch-up runs again and again meanwhile, as it does by the clock. */
  async becomes(reservationId: string, readiness: string): Promise<void> {
    await until(`${reservationId} ${readiness} and listed so`, async () => {
      await this.fire('catch-up');
      const { reservations } = await this.reservations.list({ filters: {}, limit: 100, cursor: null });
      return reservations.find((row) => row.reservationId === reservationId)?.readiness === readiness;
    });
  }

  async seamSignals(reservationId: string): Promise<number> {
    const { events } = await this.handle(reservationId).fetchHistory();
    return (events ?? []).filter((event) => event.workflowExecutionSignaledEventAttributes?.signalName === 'seam').length;
  }
}

/** Nothing is issued until `holdIssuance` is turned off, and no Schedule fires by itself. */
export async function openWebhooklessHouse(): Promise<{ readonly house: WebhooklessHouse; readonly close: () => Promise<void> }> {
  silenceTemporal();
  const { path } = await findTemporal({ program: TEMPORAL_CLI });
  const [server, workspace, workflowBundle] = await Promise.all([
    startDevServer({ binary: path, databaseFile: null }),
    openSeamWorkspace({ settings: { dropWebhooks: true, holdIssuance: true } }),
    bundleWorkflows(),
  ]);
  const { address, namespace } = server;
  const [connection, native] = await Promise.all([Connection.connect({ address }), NativeConnection.connect({ address })]);
  await ensureSearchAttributes({ connection, namespace });
  const converter = dataConverter([{ id: 'k1', key: randomBytes(32) }]);
  const client = new Client({ connection, namespace, dataConverter: converter });
  const { value: configuration } = parseConfiguration({
    file: 'test.yaml',
    text: `properties:
  house: { timeZone: Etc/UTC, staff: { email: desk@house.example }, units: { "101": { entrances: ["${ROOM_101}"] } } }
  villa: { timeZone: Etc/UTC, staff: { email: desk@house.example }, access: { provider: access_codes, closesAfter: PT0S }, units: { villa: { spaces: ["${CASA_DO_MONTE.spaceId}"] } } }
  tower: { timeZone: Etc/UTC, staff: { email: desk@house.example }, access: { provider: acs, closesAfter: PT0S, acs: { systemId: "${HARBOUR_HOUSE.systemId}" } }, units: { "102": { entrances: ["${HARBOUR_HOUSE.roomDoorIds['102']}"] }, "103": { entrances: ["${HARBOUR_HOUSE.roomDoorIds['103']}"], modes: [card] } } }
`,
  });
  assert.ok(configuration);
  const context: Context = { client, taskQueue: 'webhookless', deployment: 'house-1', configuration };
  const house = new WebhooklessHouse({ context, workspace });
  await Promise.all([1, 2, 3].map(() => ensureSchedules(context)));
  for (const name of ['catch-up', 'sweep', 'configuration', 'erase']) await house.schedule(name).pause();
  const { taskQueue } = context;
  const worker = await createWorker({
    connection: native,
    namespace,
    taskQueue,
    activities: house.activities(),
    dataConverter: converter,
    workflowBundle,
  });
  const running = worker.run();
  const close = async (): Promise<void> => {
    worker.shutdown();
    await running;
    await native.close();
    await connection.close();
    await workspace[Symbol.asyncDispose]();
    await server.stop();
  };
  return { house, close };
}
