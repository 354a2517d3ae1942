import { Worker } from 'node:worker_threads';
import { outlinesOf, type RuleSet, searchOf } from '../detect/index.ts';
import type { Answer, Batch, Order, Task, WorkerData } from './batch.ts';

const SCRIPT = new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js', import.meta.url);

/** What a worker makes lives short or long; more room for the first only costs memory. */
const YOUNG_MB = 8;

interface Waiting {
  readonly order: Order;
  readonly done: (batch: Batch) => void;
  readonly refuse: (error: unknown) => void;
}

/** Worker threads and their queue: each gets the next order when it has answered the last, so nobody waits for a slow neighbour. */
export class Threads {
  readonly #most: number;
  readonly #rules: RuleSet;
  /** All that were hired: what fails forgets who was busy with what, and they have to be sent home all the same. */
  readonly #hired: Worker[] = [];
  readonly #idle: Worker[] = [];
  readonly #busy = new Map<Worker, Waiting>();
  readonly #queue: Waiting[] = [];
  #next = 0;
  /** A thread has failed: nothing that is asked from now on is answered. */
  #failure: { readonly error: unknown } | undefined;

  constructor(most: number, rules: RuleSet) {
    this.#most = most;
    this.#rules = rules;
  }

  /** Orders that are not answered yet. */
  get open(): number {
    return this.#queue.length + this.#busy.size;
  }

  /** How many workers there may be beside a thread that is at work itself. */
  get helpers(): number {
    return this.#most - 1;
  }

  get failed(): boolean {
    return this.#failure !== undefined;
  }

  /** Hires all that there may be, ahead of the first task. */
  hireAll(): void {
    while (this.#failure === undefined && this.#hired.length < this.#most) this.#idle.push(this.#hire());
  }

  /** Sends home who has nothing to do: another task hires anew. */
  dismiss(): void {
    for (const worker of this.#idle.splice(0)) {
      this.#hired.splice(this.#hired.indexOf(worker), 1);
      worker.removeAllListeners();
      void worker.terminate();
    }
  }

  /** @param most workers for this task; a thread that takes part itself leaves one out */
  ask(task: Task, most = this.#most): Promise<Batch> {
    return new Promise((done, refuse) => {
      if (this.#failure) {
        refuse(this.#failure.error);
        return;
      }
      this.#queue.push({ order: { number: this.#next++, task }, done, refuse });
      this.#give(most);
    });
  }

  /** Refuses all that is open, with this reason. */
  fail(error: unknown): void {
    this.#failure ??= { error };
    const open = [...this.#busy.values(), ...this.#queue.splice(0)];
    this.#busy.clear();
    for (const { refuse } of open) refuse(error);
  }

  async close(): Promise<void> {
    const workers = this.#hired.splice(0);
    this.#idle.splice(0);
    for (const worker of workers) worker.removeAllListeners();
    this.fail(new Error('the crew is closed'));
    await Promise.all(workers.map((worker) => worker.terminate()));
  }

  /** @param most from so many workers on, nobody is hired */
  #give(most: number): void {
    while (this.#queue.length > 0) {
      const worker = this.#idle.pop() ?? (this.#busy.size < most ? this.#hire() : undefined);
      const waiting = worker && this.#queue.shift();
      if (!waiting) return;
      this.#busy.set(worker, waiting);
      worker.postMessage(waiting.order);
    }
  }

  #hire(): Worker {
    const rules = this.#rules;
    const workerData: WorkerData = { rules, outlines: outlinesOf(rules), search: searchOf(rules) };
    const worker = new Worker(SCRIPT, { workerData, resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB } });
    this.#hired.push(worker);
    worker.on('error', (error) => this.fail(error));
    worker.on('exit', () => this.fail(new Error('a worker ended before its work')));
    worker.on('message', (answer: Answer) => this.#take(worker, answer));
    return worker;
  }

  #take(worker: Worker, answer: Answer): void {
    const waiting = this.#busy.get(worker);
    if (!waiting) return;
    if (answer.kind === 'failed') {
      this.fail(new Error(`a worker failed: ${answer.why}`));
      return;
    }
    this.#busy.delete(worker);
    this.#idle.push(worker);
    waiting.done(answer.batch);
    this.#give(0);
  }
}
