// The entry of a worker thread. Node keeps what it has compiled for this thread, too, once it is told so; that takes about
// half off a worker's start, so nothing is imported before.
import module from 'node:module';

module.enableCompileCache?.();
await import('./work.ts');
