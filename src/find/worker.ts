// One thread of the crew: takes orders, looks with a detector of its own, and answers with batches.
import { parentPort, workerData } from 'node:worker_threads';
import { createDetector, type Outline, type RuleSet, withOutlines } from '../detect/index.ts';
import type { Sink } from '../model/index.ts';
import { JobReader } from '../read/index.ts';
import { type Answer, Gathering, type Order } from './batch.ts';

const { rules, outlines } = workerData as { readonly rules: RuleSet; readonly outlines: readonly Outline[] };
const detector = createDetector(withOutlines(rules, outlines));
let gathering = new Gathering();
let reader: JobReader | undefined;
let repository: string | undefined;

const sink: Sink = {
  look(chunk) {
    const looked = detector.look(chunk);
    for (const finding of looked.findings) gathering.add(finding, finding.origin, finding.span);
    return looked;
  },
  inherit: (finding, origin, span) => gathering.add(finding, origin, span),
  skip: (skipped) => gathering.skip(skipped),
  advance: (step) => gathering.advance(step),
};

function work(order: Order): Answer {
  gathering = new Gathering();
  try {
    if (reader === undefined || repository !== order.repository) {
      reader?.close();
      repository = order.repository;
      reader = new JobReader({ repository, sink });
    }
    const unread = reader.run(order.job);
    return { kind: 'done', number: order.number, batch: gathering.batch(unread) };
  } catch (error) {
    return {
      kind: 'failed',
      number: order.number,
      why: error instanceof Error ? (error.stack ?? error.message) : 'no reason given',
    };
  }
}

parentPort?.on('message', (order: Order) => {
  parentPort?.postMessage(work(order));
});
