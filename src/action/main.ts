import { SetupError } from '../model/index.ts';
import { action } from './run.ts';
import { createRunner } from './runner.ts';

/** Runs the step; sets the exit code and never ends the process, so that all output is written. */
export async function main(): Promise<void> {
  const runner = createRunner(process.env, process.stdout);
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  try {
    process.exitCode = await action(process.env, stop.signal, runner);
  } catch (error) {
    process.exitCode = 2;
    if (error instanceof SetupError) {
      const hint = error.hint === undefined ? '' : `\nhint: ${error.hint}`;
      runner.annotate('error', `${error.message}${hint}`, { title: 'keyburn' });
    } else if (stop.signal.aborted) {
      runner.annotate('error', 'cancelled: not everything was read', { title: 'keyburn' });
    } else {
      // A fault of ours: the stack names our lines, and no message of ours holds a key.
      const shown = error instanceof Error ? (error.stack ?? error.message) : 'a fault without a name';
      runner.annotate('error', `this should not have happened: ${shown}`, { title: 'keyburn' });
    }
  }
  runner.speak();
}
