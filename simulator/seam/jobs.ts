/**
 * What the simulator will do by itself later (issue a credential, end an access). Jobs are part of the state, so that they
 * survive a restart; each handler looks at the record again and does nothing when the world has moved on.
 */
type JobKind =
  | 'issue'
  | 'delay'
  | 'fail'
  | 'expire'
  | 'delete_grant'
  | 'delete_method'
  | 'delete_identity'
  | 'finish_attempt'
  | 'issue_credential'
  | 'delete_credential'
  | 'delete_acs_user'
  | 'set_access_code'
  | 'delete_access_code';

export interface Job {
  readonly at: number;
  readonly kind: JobKind;
  /** The id of the record that the kind is about. */
  readonly id: string;
}

/** Node's timers hold at most 2^31-1 ms; a later job is looked at again then. */
const LONGEST_TIMER = 2 ** 31 - 1;

export class Jobs {
  readonly #queue: Job[];
  readonly #handle: (job: Job) => void;
  #timer: NodeJS.Timeout | null = null;
  #stopped = false;

  /** `queue` is sorted by time and shared with the state. */
  constructor(queue: Job[], handle: (job: Job) => void) {
    this.#queue = queue;
    this.#handle = handle;
  }

  start(): void {
    this.#arm();
  }

  schedule(job: Job): void {
    let low = 0;
    let high = this.#queue.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const other = this.#queue[middle];
      if (other !== undefined && other.at <= job.at) low = middle + 1;
      else high = middle;
    }
    this.#queue.splice(low, 0, job);
    if (low === 0) this.#arm();
  }

  stop(): void {
    this.#stopped = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
  }

  #arm(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    const first = this.#queue[0];
    if (first === undefined || this.#stopped) return;
    this.#timer = setTimeout(() => this.#runDue(), Math.min(Math.max(0, first.at - Date.now()), LONGEST_TIMER));
  }

  #runDue(): void {
    const now = Date.now();
    for (let job = this.#queue[0]; job !== undefined && job.at <= now; job = this.#queue[0]) {
      this.#queue.shift();
      this.#handle(job);
    }
    this.#arm();
  }
}
