// The entry of a worker thread. Node keeps what it has compiled for this thread, too, once it is told so; that takes more
// than half off a worker's start, so nothing is imported before.
import module from 'node:module';

module.enableCompileCache?.();
const t=performance.now();const c=process.cpuUsage();await import('../detect/index.ts');await import('../read/index.ts');await import('./batch.ts'); const t2=performance.now(); const c2=process.cpuUsage(c);await import('./work.ts');const c3=process.cpuUsage(c);console.error('imports',t2-t,c2.user/1000,'work',performance.now()-t2,c3.user/1000-c2.user/1000);
