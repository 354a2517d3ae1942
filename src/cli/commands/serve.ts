import { userInfo } from 'node:os';
import type { Settings } from '../../config/index.ts';
import {
  type Acceptable,
  createTeller,
  issuersOf,
  receiverSettings,
  reporters,
  type Teller,
} from '../../connect/index.ts';
import { type Base, base, ledgerOf, notifier, verifier } from '../../equip/index.ts';
import { type Issuer, isLoopback, type LeakOptions, type Running, serve } from '../../keyservice/index.ts';
import { Secret, SetupError } from '../../model/index.ts';
import { createDesk, createOidc, createPage, type Oidc } from '../../page/index.ts';
import type { Ledger } from '../../record/index.ts';
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

/** What waits in the outbox is tried again so often. */
const FLUSH_MS = 60_000;
/** The embedded service, as leak reports and its log call it. */
const OWN = 'embedded';

/** What came of a report goes into the ledger, and to whom keyburn.toml names. */
async function tellerOf(
  io: Io,
  made: Base,
  ledger: Ledger,
  services: ReadonlyMap<string, string>,
): Promise<Teller> {
  return createTeller({
    ledger,
    notifier: await notifier(io, made, ledger),
    fingerprintKey: made.fingerprintKey,
    serviceOf: (issuer) => (issuer === OWN ? 'keyburn' : (services.get(issuer) ?? null)),
    nameOf: (issuer) => {
      const name = made.services.get(services.get(issuer) ?? '')?.name ?? issuer;
      return issuer === OWN ? 'API key' : `API key of ${name}`;
    },
    warn: (text) => io.stderr.write(`keyburn: ${text}\n`),
  });
}

/** Sends what waits, now and again; one flush at a time. */
function outboxOf(teller: Teller) {
  let under: Promise<void> | undefined;
  const flush = (): void => {
    under ??= teller
      .flush()
      .catch(() => undefined)
      .finally(() => {
        under = undefined;
      });
  };
  const timer = setInterval(flush, FLUSH_MS);
  return {
    flush,
    async end(): Promise<void> {
      clearInterval(timer);
      await under;
    },
  };
}

/** How reporters are called for people. */
const REPORTERS: Readonly<Record<keyof LeakOptions, string>> = {
  github: 'GitHub',
  gitlab: 'GitLab',
  gitlabRevocation: 'a GitLab of your own',
  keyburn: 'keyburn scanners',
  found: 'anybody, by the form',
};

/** What somebody who has just started it wants to know. */
function greet(io: Io, running: Running, leaks: LeakOptions | undefined, issuers: readonly Issuer[]): void {
  const say = (text: string) => io.stderr.write(`${text}\n`);
  if (running.mintedRootKey !== undefined) {
    say(`keyburn: root key, shown this once and kept nowhere: ${running.mintedRootKey}`);
    say('hint: put it into a secrets manager, and set KEYBURN_ROOT_KEY where keys are managed');
  }
  say(`keyburn: make a key with POST ${running.url}/v1/keys and the root key; ${running.url}/ has the rest`);
  if (leaks === undefined) return;
  const from = Object.keys(leaks).map((name) => REPORTERS[name as keyof LeakOptions]);
  const whose = ['this service', ...issuers.map(({ id }) => id)];
  say(`keyburn: takes leak reports from ${from.join(', ')}; burns keys of ${whose.join(', ')}`);
}

/** Runs the embedded key service, its leak receiver and the incidents page until Ctrl-C. */
export async function serveKeys(io: Io, options: ServeOptions): Promise<number> {
  const made = await base(io, options);
  const receiver = receiverSettings(made.config.receiver, options.accept, made.config.file);
  const leaks = reporters(receiver, io.env);
  const { oidc } = made.config.incidents;
  const ledger = await ledgerOf(io, made);
  let outbox: ReturnType<typeof outboxOf> | undefined;
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
    const services = receiver.issuer.flatMap((one) =>
      one.kind === 'service' ? [[one.name ?? one.service, one.service] as const] : [],
    );
    const teller = await tellerOf(io, made, ledger, new Map(services));
    outbox = outboxOf(teller);
    const { flush } = outbox;
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
      fingerprint: (token) => made.fingerprintKey.fingerprint(new Secret(token)),
      tell: async (concluded) => {
        await teller.tell(concluded);
        flush();
      },
      proxies: receiver.proxies,
      ...(leaks && { leaks }),
      ...(safe ? { incidents: (request: Request) => page.app.fetch(request) } : {}),
    });
    if (at.url === '') at.url = running.url;
    io.stdout.write(`${running.url}\n`);
    greet(io, running, leaks, issuers);
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
    await outbox?.end();
    await ledger.end();
  }
}
