import { serve } from '../../keyservice/index.ts';
import { stateFolder } from '../../record/index.ts';
import type { Io } from '../io.ts';

/** Runs the embedded key service until Ctrl-C. */
export async function serveKeys(
  io: Io,
  options: { readonly port: number; readonly host: string; readonly publicUrl?: string },
): Promise<number> {
  const running = await serve({
    home: stateFolder(io.env, process.platform),
    port: options.port,
    host: options.host,
    rootKey: io.env.KEYBURN_ROOT_KEY,
    publicUrl: options.publicUrl,
    log: (line) => io.stderr.write(`${line}\n`),
    now: () => new Date(),
  });
  io.stdout.write(`${running.url}\n`);
  if (running.mintedRootKey !== undefined) {
    io.stderr.write(`keyburn: root key, shown this once and kept nowhere: ${running.mintedRootKey}\n`);
    io.stderr.write('hint: put it into a secrets manager, and set KEYBURN_ROOT_KEY where keys are managed\n');
  }
  await new Promise<void>((stop) => {
    if (io.signal.aborted) stop();
    io.signal.addEventListener('abort', () => stop(), { once: true });
    process.once('SIGTERM', () => stop());
  });
  await running.close();
  return 0;
}
