// Recorded replies: what an issuer's documentation says that it sends, and what keyburn must make of it. Keys are templates,
// filled at run time, so no file holds a whole one.

import { generateKeyPairSync, randomInt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { inspect } from 'node:util';
import { type Place, type RevokeOrder, Secret } from '../../src/model/index.ts';
import { issuers, type Service, type Tools } from '../../src/services/index.ts';
import { createAsk } from '../../src/verify/ask.ts';
import { type Answer, type Issuer, type Seen, startIssuer } from './issuer.ts';

export interface Exchange {
  readonly method: string;
  /** Path, with the query where there is one. */
  readonly path: string;
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

export interface Recorded {
  readonly name: string;
  readonly on: 'check' | 'owner' | 'usage' | 'contain' | 'restore' | 'revoke' | 'explain';
  /** Template; default the file's own. */
  readonly key?: string;
  /** Names of credentials that the operator gave. */
  readonly with?: readonly string[];
  readonly exchanges: readonly Exchange[];
  /** A part of what comes back. */
  readonly expect: Readonly<Record<string, unknown>>;
  /** What `keyburn why` makes of the last reply. */
  readonly cause?: string;
  /**
   * `captured`: a real server sent it to us, but for names and keys. `documented`: it stands on the page. `composed`: we made it from
   * what the page says. Left out where nobody is asked.
   */
  readonly origin?: 'captured' | 'documented' | 'composed';
  /** The page, or the server, and when it was read. */
  readonly source: string;
  readonly date: string;
}

export interface Recording {
  readonly service: string;
  readonly key: string;
  readonly parts?: Readonly<Record<string, string>>;
  readonly credentials?: Readonly<Record<string, string>>;
  /** Paths that are asked with POST and change nothing, as the issuer documents. */
  readonly readPosts?: readonly string[];
  /** Why the key travels in the address: the issuer offers no other way. Paths say `{{key}}` then. */
  readonly keyInPath?: string;
  /** For an issuer whose single answer cannot tell a death: the test that shows one. */
  readonly deathIn?: string;
  readonly replies: readonly Recorded[];
}

/** The services as shipped; the one without an address of its own is given one. */
export const shipped: readonly Service[] = issuers({ keyburnUrl: 'https://keys.example' });

export function recording(id: string): Recording {
  return JSON.parse(readFileSync(new URL(`./replies/${id}.json`, import.meta.url), 'utf8')) as Recording;
}

const ALPHABETS: Readonly<Record<string, string>> = {
  alnum: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789',
  hex: '0123456789abcdef',
  HEX: '0123456789ABCDEF',
  digits: '0123456789',
  base58: '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz',
};

let pem: string | undefined;
/** One RSA key a run: making them is slow. */
function rsa(): string {
  const encodings = {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  } as const;
  pem ??= generateKeyPairSync('rsa', encodings).privateKey.replaceAll('\n', String.raw`\n`);
  return pem;
}

/** A token that is base64 JSON, and names its region. */
function grafanaCloud(): string {
  const own = { o: '1', n: 'policy-token', k: fill('{{alnum:24}}'), m: { r: 'us' } };
  return `glc_${Buffer.from(JSON.stringify(own)).toString('base64')}`;
}

/** `{{hex:32}}`; `{{rsa}}` is a whole private key in PEM, as JSON spells it, and `glc_{{grafana}}` a token of Grafana Cloud. */
export function fill(template: string): string {
  if (template === '{{rsa}}') return rsa();
  if (template === 'glc_{{grafana}}') return grafanaCloud();
  return template.replace(/\{\{(\w+):(\d+)\}\}/g, (_, kind: string, length: string) => {
    const from = ALPHABETS[kind] ?? '';
    return Array.from({ length: Number(length) }, () => from[randomInt(from.length)]).join('');
  });
}

export const NOW = new Date('2026-11-20T12:00:00Z');

export const PLACE: Place = {
  kind: 'blob',
  path: 'config/app.env',
  line: 3,
  column: 7,
  endLine: 3,
  repository: '/home/somebody/checkout',
  commit: '0123456789012345678901234567890123456789',
  url: 'https://git.example/acme/app/blob/0123456/config/app.env#L3',
};

/** An order as decide/ would make it. */
export function orderFor(
  service: string,
  secret: Secret,
  parts: Readonly<Record<string, Secret>> = {},
): RevokeOrder {
  const verdict = { state: 'live', why: 'test', checkedAt: NOW.toISOString() };
  const order = {
    id: 'a'.repeat(64),
    service,
    secret,
    parts,
    verdict,
    exposure: 'public',
    act: 'burn',
    because: 'test',
    place: PLACE,
  };
  return order as unknown as RevokeOrder;
}

/** Everything that must not hold a key. */
export function traces(value: unknown): string {
  return `${JSON.stringify(value)}\n${inspect(value, { depth: 9, showHidden: true })}\n${String(value)}`;
}

/** The forms in which a key could slip through. */
export function forms(key: string): readonly string[] {
  return [
    key,
    Buffer.from(key).toString('base64').replace(/=+$/, ''),
    Buffer.from(key).toString('base64url'),
    encodeURIComponent(key),
    JSON.stringify(key).slice(1, -1),
  ];
}

interface Rig extends AsyncDisposable {
  readonly tools: Tools;
  readonly issuer: Issuer;
  /** Every host that was asked for, as the service spelled it. */
  readonly hosts: readonly string[];
}

/** A service's own code over real HTTP: the guard of verify/ask.ts, with the issuer's host answered by loopback. */
export async function rig(
  answer: Answer,
  options: { credentials?: Readonly<Record<string, string>>; run?: Tools['run']; timeoutMs?: number } = {},
): Promise<Rig> {
  const issuer = await startIssuer(answer);
  const hosts: string[] = [];
  const ask = createAsk(
    { hosts: [issuer.host], internal: true, rate: { requests: 1_000, perMs: 1_000, concurrency: 10 } },
    { timeoutMs: options.timeoutMs ?? 5_000 },
  );
  const tools: Tools = {
    ask: (request) => {
      const url = new URL(request.url);
      hosts.push(url.host);
      return ask({ ...request, url: `${issuer.url}${url.pathname}${url.search}` });
    },
    credential: (name) => {
      const value = options.credentials?.[name];
      return value === undefined ? undefined : new Secret(value);
    },
    now: () => NOW,
    ...(options.run && { run: options.run }),
  };
  return { tools, issuer, hosts, [Symbol.asyncDispose]: () => issuer[Symbol.asyncDispose]() };
}

/** Answers as recorded, each exchange once and in order; what was not foreseen gets a 599, which fails the test. */
export function play(exchanges: readonly Exchange[]): Answer {
  const left = [...exchanges];
  return (seen: Seen, response) => {
    const next = left.shift();
    const foreseen = next?.method === seen.method && next.path === seen.path;
    response.writeHead(next && foreseen ? next.status : 599, {
      'content-type': 'application/json',
      ...next?.headers,
    });
    const body = next?.body ?? '';
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  };
}
