import type { Origin, Sink } from '../model/index.ts';
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
  const text = new Text(sink, origin, { streaming: true, step: STEP });
  const iterator = stream[Symbol.asyncIterator]();
  using stop = stopper(signal);
  let looked = performance.now();
  for (;;) {
    const next = Promise.race([iterator.next(), stop.stopped]);
    const first = await quietOr(next);
    if (first === QUIET) {
      text.pause();
      looked = performance.now();
    }
    const { done, value } = await next;
    if (done) break;
    sink.advance({ bytes: value.length });
    const full = text.write(value);
    const now = performance.now();
    if (!full && now - looked < TRICKLE_MS) continue;
    if (!full) text.pause();
    looked = now;
  }
  text.end();
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

/** Rejects when the signal does; a stream that never says another word must not keep a stopped run alive. */
function stopper(signal: AbortSignal | undefined): { stopped: Promise<never> } & Disposable {
  const { promise, reject } = Promise.withResolvers<never>();
  promise.catch(() => {});
  const abort = () => reject(signal?.reason);
  signal?.addEventListener('abort', abort, { once: true });
  return { stopped: promise, [Symbol.dispose]: () => signal?.removeEventListener('abort', abort) };
}
