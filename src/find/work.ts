// One thread of the crew: takes orders, looks with a detector of its own, and answers with batches.
import { parentPort, workerData } from 'node:worker_threads';
import { createDetector, withOutlines, withSearch } from '../detect/index.ts';
import type { Sink } from '../model/index.ts';
import { JobReader, runFileJob } from '../read/index.ts';
import { type Answer, type Batch, Gathering, type Order, type Task, type WorkerData } from './batch.ts';

const { rules, outlines, search } = workerData as WorkerData;
const detector = createDetector(withSearch(withOutlines(rules, outlines), search));
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

function history({ repository: name, job }: Task & { kind: 'history' }): Batch {
  if (reader === undefined || repository !== name) {
    reader?.close();
    repository = name;
    reader = new JobReader({ repository: name, sink });
  }
  const unread = reader.run(job);
  return gathering.batch(unread);
}

function census({ job }: Task & { kind: 'census' }): Batch {
  reader ??= new JobReader({ repository: '', sink });
  return { ...gathering.batch([]), census: reader.census(job) };
}

async function batchOf(task: Task): Promise<Batch> {
  switch (task.kind) {
    case 'history':
      return history(task);
    case 'census':
      return census(task);
    case 'files':
    case 'range':
      return gathering.batch([], await runFileJob(task, sink));
  }
}

async function work({ number, task }: Order): Promise<Answer> {
  gathering = new Gathering();
  try {
    return { kind: 'done', number, batch: await batchOf(task) };
  } catch (error) {
    return {
      kind: 'failed',
      number,
      why: error instanceof Error ? (error.stack ?? error.message) : 'no reason given',
    };
  }
}

// One order at a time: the next is sent when this one has been answered.
parentPort?.on('message', (order: Order) => {
  void work(order).then((answer) => parentPort?.postMessage(answer));
});
