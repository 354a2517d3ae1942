import { userInfo } from 'node:os';
import type { Settings } from '../../config/index.ts';
import { type Acceptable, issuersOf, receiverSettings, reporters } from '../../connect/index.ts';
import { base, ledgerOf, verifier } from '../../equip/index.ts';
import { isLoopback, serve } from '../../keyservice/index.ts';
import { SetupError } from '../../model/index.ts';
import { createDesk, createOidc, createPage, type Oidc } from '../../page/index.ts';
import type { Io } from '../io.ts';

export interface ServeOptions {
  readonly port: number;
  readonly host: string;
  readonly publicUrl?: string;
  readonly revoke: boolean;
  readonly accept: readonly Acceptable[];
  readonly config?: string;
}

function providerOf(io: Io, settings: NonNullable<Settings['incidents']['oidc']>, url: () => string): Oidc {
  const variable = settings['client-secret-env'];
  const clientSecret = variable === undefined ? undefined : io.env[variable];
  if (variable !== undefined && !clientSecret) {
    throw new SetupError(`keyburn.toml: incidents.oidc.client-secret-env: ${variable} is not set`, {
      hint: `set ${variable} where keyburn runs, or take the field out for a public client`,
    });
  }
  const redirectUri = () => `${url()}/incidents/sign-in/oidc/answer`;
  return createOidc({ settings, clientSecret, redirectUri, now: () => new Date() });
}

/** Runs the embedded key service, its leak receiver and the incidents page until Ctrl-C. */
export async function serveKeys(io: Io, options: ServeOptions): Promise<number> {
  const made = await base(io, options);
  const receiver = receiverSettings(made.config.receiver, options.accept, made.config.file);
  const leaks = reporters(receiver, io.env);
  const { oidc } = made.config.incidents;
  const ledger = await ledgerOf(io, made);
  try {
    const issuers = await issuersOf(receiver, {
      env: io.env,
      services: made.services,
      verifier: async () => verifier(io, made, { offline: false, ledger }),
      ledger: async () => ledger,
      policy: made.config.policy,
      fingerprintKey: made.fingerprintKey,
      now: made.now,
    });
    const at = { url: options.publicUrl?.replace(/\/+$/, '') ?? '' };
    const desk = createDesk({
      ledger,
      // Keys of this very service are asked about here, unless another one is named.
      around: () => ({
        ...io,
        env: made.config.keyservice === undefined ? { KEYBURN_SERVICE_URL: at.url, ...io.env } : io.env,
      }),
      armed: options.revoke,
      ...(options.config === undefined ? {} : { config: options.config }),
      now: made.now,
    });
    const page = createPage({
      ledger,
      desk,
      url: () => at.url,
      who: userInfo().username,
      ...(oidc === undefined ? {} : { oidc: providerOf(io, oidc, () => at.url) }),
      log: (line) => io.stderr.write(`keyburn: ${line}\n`),
      show: (link) =>
        io.stderr.write(`keyburn: incidents page, this link works once and for ten minutes: ${link}\n`),
    });
    // A session must not travel in the clear.
    const safe = isLoopback(options.host) || at.url.startsWith('https://');
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
      ...(safe ? { incidents: (request: Request) => page.app.fetch(request) } : {}),
    });
    if (at.url === '') at.url = running.url;
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
    if (safe) page.invite();
    else io.stderr.write('keyburn: no incidents page: it needs loopback, or --public-url https://…\n');
    await new Promise<void>((stop) => {
      if (io.signal.aborted) stop();
      io.signal.addEventListener('abort', () => stop(), { once: true });
      process.once('SIGTERM', () => stop());
    });
    await running.close();
    await desk.end();
    return 0;
  } finally {
    await ledger.end();
  }
}
