import { type Acceptable, issuersOf, receiverSettings, reporters } from '../../connect/index.ts';
import { base, verifier } from '../../equip/index.ts';
import { serve } from '../../keyservice/index.ts';
import { type Ledger, openLedger } from '../../record/index.ts';
import type { Io } from '../io.ts';

/** Runs the embedded key service, with its leak receiver, until Ctrl-C. */
export async function serveKeys(
  io: Io,
  options: {
    readonly port: number;
    readonly host: string;
    readonly publicUrl?: string;
    readonly accept: readonly Acceptable[];
    readonly config?: string;
  },
): Promise<number> {
  const made = await base(io, options);
  const receiver = receiverSettings(made.config.receiver, options.accept, made.config.file);
  const leaks = reporters(receiver, io.env);
  let ledger: Ledger | undefined;
  try {
    const open = async (): Promise<Ledger> => {
      ledger ??= await openLedger(made.home);
      return ledger;
    };
    const issuers = await issuersOf(receiver, {
      env: io.env,
      services: made.services,
      verifier: async () => verifier(io, made, { offline: false, ledger: await open() }),
      ledger: open,
      policy: made.config.policy,
      fingerprintKey: made.fingerprintKey,
      now: made.now,
    });
    const running = await serve({
      home: made.home,
      port: options.port,
      host: options.host,
      rootKey: io.env.KEYBURN_ROOT_KEY,
      queueKey: io.env.KEYBURN_QUEUE_KEY,
      publicUrl: options.publicUrl,
      log: (line) => io.stderr.write(`${line}\n`),
      now: made.now,
      issuers,
      proxies: receiver.proxies,
      ...(leaks && { leaks }),
    });
    io.stdout.write(`${running.url}\n`);
    if (running.mintedRootKey !== undefined) {
      io.stderr.write(`keyburn: root key, shown this once and kept nowhere: ${running.mintedRootKey}\n`);
      io.stderr.write(
        'hint: put it into a secrets manager, and set KEYBURN_ROOT_KEY where keys are managed\n',
      );
    }
    if (leaks)
      io.stderr.write(
        `keyburn: takes leak reports of ${Object.keys(leaks).join(', ')}; burns keys of ${['embedded', ...issuers.map(({ id }) => id)].join(', ')}\n`,
      );
    await new Promise<void>((stop) => {
      if (io.signal.aborted) stop();
      io.signal.addEventListener('abort', () => stop(), { once: true });
      process.once('SIGTERM', () => stop());
    });
    await running.close();
    return 0;
  } finally {
    await ledger?.end();
  }
}
