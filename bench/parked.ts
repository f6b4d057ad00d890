/** What a reservation that waits for its arrival costs in memory. Each subject is parked in a process of its own, with a clean heap. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Scale } from './scale.ts';
import { rounded } from './statistics.ts';
import type { SubjectName } from './subject.ts';

export interface PerParked {
  readonly heapKB: number;
  readonly bareHeapKB: number;
}

/** What the process is asked to do, as JSON in its first argument. */
export interface ParkingOrder {
  readonly address: string;
  readonly name: SubjectName;
  readonly first: number;
  readonly last: number;
}

const parkingProcess = fileURLToPath(new URL('./parking.ts', import.meta.url));

export async function measureParked({ address, load }: { readonly address: string; readonly load: Scale['parked'] }): Promise<PerParked> {
  const bareHeapKB = await heapKB({ address, name: 'bare', ...load });
  return { heapKB: await heapKB({ address, name: 'latchkey', ...load }), bareHeapKB };
}

/** Debug mode keeps workflows in the heap of the main thread, where they can be weighed; otherwise they live in a thread's. */
async function heapKB(order: ParkingOrder): Promise<number> {
  const child = fork(parkingProcess, [JSON.stringify(order)], {
    execArgv: ['--expose-gc'],
    env: { ...process.env, TEMPORAL_DEBUG: '1' },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const leave = (): void => void child.kill();
  process.once('exit', leave);
  const failed = once(child, 'exit').then(([code]) => {
    throw new Error(`The process that parks ${order.name} stays ended early, with ${code}.`);
  });
  const [bytes] = await Promise.race([once(child, 'message'), failed]);
  failed.catch(() => {});
  process.off('exit', leave);
  return rounded(Number(bytes) / 1_024, 1);
}
