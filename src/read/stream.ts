import type { Origin, Sink } from '../model/index.ts';
import { FORM_HEAD, nameOfForm } from './archive/form.ts';
import { Text } from './text.ts';

/** A range is shown when so much has come, and CONTEXT behind it. */
const STEP = 64 * 1024;
/** A stream that says nothing for so long, or trickles on without a full look, gets an early look (see window.ts). */
const QUIET_MS = 50;
const TRICKLE_MS = 250;

/** Looks at an endless stream as it comes, in bounded memory. Ends with the stream or the signal. */
export async function lookStream(
  sink: Sink,
  origin: Origin & { kind: 'stream' },
  stream: AsyncIterable<Uint8Array>,
  signal?: AbortSignal,
): Promise<void> {
  signal?.throwIfAborted();
  const stop = new Stop(signal);
  try {
    await lookUntil(stop, sink, origin, stream);
  } finally {
    stop.end();
  }
}

async function lookUntil(
  stop: Stop,
  sink: Sink,
  origin: Origin & { kind: 'stream' },
  stream: AsyncIterable<Uint8Array>,
): Promise<void> {
  const text = new Text(sink, origin, { streaming: true, step: STEP, log: true });
  const iterator = stream[Symbol.asyncIterator]();
  let looked = performance.now();
  let head = Buffer.alloc(0);
  for (;;) {
    const next = stop.or(iterator.next());
    const first = await quietOr(next);
    if (first === QUIET) {
      text.pause();
      looked = performance.now();
    }
    const { done, value } = await next;
    if (done) break;
    sink.advance({ bytes: value.length });
    if (head.length < FORM_HEAD) head = Buffer.concat([head, value.subarray(0, FORM_HEAD - head.length)]);
    const full = text.write(value);
    const now = performance.now();
    if (!full && now - looked < TRICKLE_MS) continue;
    if (!full) text.pause();
    looked = now;
  }
  text.end();
  const form = nameOfForm(head);
  if (form !== undefined)
    sink.skip({
      path: origin.path,
      why: `${form} data is not unpacked as it streams: save it to a file, and name that`,
    });
}

const QUIET = Symbol('quiet');

async function quietOr<T>(next: Promise<T>): Promise<T | typeof QUIET> {
  let timer: NodeJS.Timeout | undefined;
  const quiet = new Promise<typeof QUIET>((resolve) => {
    timer = setTimeout(resolve, QUIET_MS, QUIET);
  });
  try {
    return await Promise.race([next, quiet]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Lets a signal cut a wait short: a stream that never says another word must not keep a stopped run alive. One promise a
 * wait, as racing against a single long-lived one would gather reactions for as long as the stream lasts.
 */
class Stop {
  readonly #signal: AbortSignal | undefined;
  #reject: ((reason: unknown) => void) | undefined;
  readonly #abort = () => this.#reject?.(this.#signal?.reason);

  constructor(signal: AbortSignal | undefined) {
    this.#signal = signal;
    signal?.addEventListener('abort', this.#abort);
  }

  or<T>(waited: Promise<T>): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    this.#reject = reject;
    waited.then(resolve, reject);
    if (this.#signal?.aborted) this.#abort();
    return promise;
  }

  end(): void {
    this.#signal?.removeEventListener('abort', this.#abort);
  }
}
