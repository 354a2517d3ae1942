// Makes the leak receiver of `keyburn serve` from its settings, the environment and the issuers that keyburn knows.

import type { Policy } from '../decide/index.ts';
import type { Issuer, LeakOptions } from '../keyservice/index.ts';
import { type FingerprintKey, SetupError } from '../model/index.ts';
import type { Ledger } from '../record/index.ts';
import type { Service } from '../services/index.ts';
import { openAsk, type Verifier } from '../verify/index.ts';
import { serviceIssuer } from './by-service.ts';
import { type Pepper, postgresIssuer } from './postgres.ts';
import type { IssuerSettings, PepperSettings, Receiver } from './settings.ts';
import { webhookIssuer } from './webhook.ts';

/** A webhook of the operator's own: asked no faster than this. */
const WEBHOOK_RATE = { requests: 20, perMs: 1000, concurrency: 4 };

type Env = Readonly<Record<string, string | undefined>>;

export interface ConnectParts {
  readonly env: Env;
  readonly services: ReadonlyMap<string, Service>;
  /** Made only where an issuer of kind `service` is set up. */
  readonly verifier: () => Promise<Verifier>;
  readonly ledger: () => Promise<Ledger>;
  readonly policy: Policy;
  readonly fingerprintKey: FingerprintKey;
  readonly now: () => Date;
}

/** Whose reports are taken; undefined where nobody's are. */
export function reporters(receiver: Receiver, env: Env): LeakOptions | undefined {
  const { github, gitlab, scanner, anybody } = receiver;
  const revocation = receiver['gitlab-revocation'];
  const token = github?.['token-env'];
  const made: LeakOptions = {
    ...(github && {
      github: {
        url: github['public-keys'],
        internal: github.internal,
        ...(token === undefined ? {} : { token: held(env, token, 'receiver.github') }),
      },
    }),
    ...(gitlab && { gitlab: { url: gitlab['public-keys'], internal: gitlab.internal } }),
    ...(revocation && {
      gitlabRevocation: {
        token: held(env, revocation['token-env'], 'receiver.gitlab-revocation'),
        types: revocation.types,
      },
    }),
    ...(scanner && { keyburn: { secret: held(env, scanner['secret-env'], 'receiver.scanner') } }),
    ...(anybody && { found: { each: anybody['per-address'], all: anybody['per-minute'] } }),
  };
  return Object.keys(made).length === 0 ? undefined : made;
}

/** Whose keys the reports may burn, beside those of the embedded service. */
export async function issuersOf(receiver: Receiver, parts: ConnectParts): Promise<readonly Issuer[]> {
  const made: Issuer[] = [];
  for (const one of receiver.issuer) made.push(await issuerOf(one, parts));
  return made;
}

async function issuerOf(one: IssuerSettings, parts: ConnectParts): Promise<Issuer> {
  const pattern = one.pattern === undefined ? {} : { pattern: wholly(one.pattern) };
  switch (one.kind) {
    case 'service': {
      const service = parts.services.get(one.service);
      if (service?.check === undefined || (service.revoke ?? service.contain) === undefined) {
        throw new SetupError(
          `keyburn.toml: receiver issuer ${one.service}: nobody can burn a key there by program`,
          {
            hint: 'docs/providers.md lists the issuers that can be asked; [[service]] describes one of your own',
          },
        );
      }
      return serviceIssuer({
        id: one.name ?? service.id,
        service,
        pattern: wholly(one.pattern),
        verifier: await parts.verifier(),
        ledger: await parts.ledger(),
        policy: parts.policy,
        fingerprintKey: parts.fingerprintKey,
        now: parts.now,
      });
    }
    case 'postgres':
      return postgresIssuer({
        id: one.name,
        url: held(parts.env, one['url-env'], `receiver issuer ${one.name}`),
        find: one.find,
        burn: one.burn,
        hash: one.hash,
        pepper: one.pepper && pepperOf(one.pepper, parts.env, one.name),
        ...pattern,
      });
    case 'webhook':
      return webhookIssuer({
        id: one.name,
        url: one.url,
        secret: held(parts.env, one['secret-env'], `receiver issuer ${one.name}`),
        ask: await openAsk({ hosts: [new URL(one.url).host], internal: one.internal, rate: WEBHOOK_RATE }),
        now: parts.now,
        ...pattern,
      });
  }
}

function pepperOf({ env: name, as, written }: PepperSettings, env: Env, issuer: string): Pepper {
  const where = `receiver issuer ${issuer}: pepper`;
  const text = held(env, name, where);
  const sound = { text: true, hex: /^(?:[0-9a-f]{2})+$/i.test(text), base64: /^[\w+/-]+={0,2}$/.test(text) };
  if (!sound[written])
    throw new SetupError(`keyburn.toml: ${where}: ${name} is not ${written}`, {
      hint: 'written = "text", "hex" or "base64" says how the variable holds it',
    });
  return { as, bytes: Buffer.from(text, written === 'text' ? 'utf8' : written) };
}

/** A pattern speaks of the whole key, whether its author wrote ^ and $ or not. */
function wholly(text: string): RegExp {
  return new RegExp(`^(?:${text})$`, 'u');
}

function held(env: Env, name: string, where: string): string {
  const value = env[name];
  if (value !== undefined && value !== '') return value;
  throw new SetupError(`keyburn.toml: ${where}: ${name} is not set`, {
    hint: 'set that environment variable; the secret itself has no place in the file',
  });
}
