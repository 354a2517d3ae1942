// Signing in with the operator's identity provider: OpenID Connect Core 1.0, authorization code with PKCE (RFC 7636) and the
// issuer in the answer (RFC 9207). The laws: nobody gets in but who is on the operator's list; an answer counts only in the browser that
// asked, once, within minutes; and what is not verified word by word is a refusal.

import { createHash, createPublicKey, randomBytes, verify } from 'node:crypto';
import { z } from 'zod';
import { SetupError } from '../model/index.ts';
import { isSame } from './sessions.ts';

export interface OidcSettings {
  readonly issuer: string;
  readonly 'client-id': string;
  /** Verified e-mail addresses, `*@example.com` for all of a domain, or subjects. */
  readonly allow: readonly string[];
  /** What to call it on the button. */
  readonly name?: string | undefined;
}

export interface OidcOptions {
  readonly settings: OidcSettings;
  /** Undefined for a public client. */
  readonly clientSecret: string | undefined;
  /** Where the provider sends people back to. */
  readonly redirectUri: () => string;
  readonly now: () => Date;
}

export type Entered =
  | { readonly outcome: 'in'; readonly who: string }
  /** `why` is for the operator's log, and holds nothing that the provider or the browser wrote. */
  | { readonly outcome: 'out'; readonly why: string };

export interface Oidc {
  readonly name: string;
  /** Where to send the browser, and the cookie that ties the answer to it. Undefined where the provider does not answer. */
  begin(): Promise<{ readonly url: string; readonly tie: string } | undefined>;
  finish(answer: URLSearchParams, tie: string | undefined): Promise<Entered>;
}

export const PENDING_MS = 10 * 60_000;
const MOST_PENDING = 200;
const WAIT_MS = 10_000;
const MOST_BYTES = 256 * 1024;
/** Clocks differ. */
const SKEW_S = 60;
const OLDEST_TOKEN_S = 600;

const discoverySchema = z.object({
  issuer: z.string(),
  authorization_endpoint: z.url(),
  token_endpoint: z.url(),
  jwks_uri: z.url(),
  authorization_response_iss_parameter_supported: z.boolean().optional(),
  token_endpoint_auth_methods_supported: z.array(z.string()).optional(),
});
const tokenSchema = z.object({ id_token: z.string().max(20_000) });
const headerSchema = z.object({
  alg: z.enum(['RS256', 'PS256', 'ES256', 'EdDSA']),
  kid: z.string().optional(),
});
const jwkSchema = z.looseObject({
  kty: z.enum(['RSA', 'EC', 'OKP']),
  kid: z.string().optional(),
  use: z.string().optional(),
  alg: z.string().optional(),
});
const claimsSchema = z.object({
  iss: z.string(),
  sub: z.string().min(1).max(255),
  aud: z.union([z.string().transform((one) => [one]), z.array(z.string())]),
  azp: z.string().optional(),
  exp: z.number(),
  iat: z.number(),
  nonce: z.string(),
  email: z.string().max(320).optional(),
  email_verified: z.boolean().optional(),
});
type Claims = z.output<typeof claimsSchema>;

interface Pending {
  readonly tie: string;
  readonly nonce: string;
  readonly verifier: string;
  readonly until: number;
}

/** @throws SetupError where the issuer's address is not https and not this machine, or the list of people is empty */
export function createOidc({ settings, clientSecret, redirectUri, now }: OidcOptions): Oidc {
  const issuer = settings.issuer;
  if (!isSafe(issuer)) {
    throw new SetupError(`keyburn.toml: incidents.oidc.issuer: ${issuer} is not https`, {
      hint: 'http is for a provider on this machine alone',
    });
  }
  const pending = new Map<string, Pending>();

  const discover = async (): Promise<z.output<typeof discoverySchema>> => {
    const found = discoverySchema.parse(
      await load(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`),
    );
    if (found.issuer !== issuer) throw new Error('another issuer answered');
    for (const url of [found.authorization_endpoint, found.token_endpoint, found.jwks_uri])
      if (!isSafe(url)) throw new Error('an address is not https');
    return found;
  };

  async function claimsOf(code: string, verifier: string, iss: string | null): Promise<Claims> {
    const about = await discover();
    // A provider that names itself in every answer has not given one that does not.
    if (about.authorization_response_iss_parameter_supported === true && iss === null)
      throw new Error('the answer does not name its issuer');
    const form = new URLSearchParams({
      grant_type: 'authorization_code',
      code,
      redirect_uri: redirectUri(),
      client_id: settings['client-id'],
      code_verifier: verifier,
    });
    const headers: Record<string, string> = { 'content-type': 'application/x-www-form-urlencoded' };
    if (clientSecret !== undefined) {
      // RFC 6749, section 2.3.1: both are form-encoded first.
      const pair = [settings['client-id'], clientSecret].map((part) =>
        new URLSearchParams({ '': part }).toString().slice(1),
      );
      if (about.token_endpoint_auth_methods_supported?.includes('client_secret_basic') === false)
        form.set('client_secret', clientSecret);
      else headers.authorization = `Basic ${Buffer.from(pair.join(':')).toString('base64')}`;
    }
    const { id_token } = tokenSchema.parse(
      await load(about.token_endpoint, { method: 'POST', headers, body: form.toString() }),
    );
    const keys = z.object({ keys: z.array(z.unknown()) }).parse(await load(about.jwks_uri)).keys;
    return claimsSchema.parse(verified(id_token, keys));
  }

  return {
    name: settings.name ?? new URL(issuer).host,
    async begin() {
      const at = now().getTime();
      for (const [state, one] of pending)
        if (one.until <= at || pending.size >= MOST_PENDING) pending.delete(state);
      const about = await discover().catch(() => undefined);
      if (about === undefined) return undefined;
      const [state, tie, nonce, verifier] = [random(), random(), random(), random()];
      pending.set(state, { tie, nonce, verifier, until: at + PENDING_MS });
      const url = new URL(about.authorization_endpoint);
      const wanted = {
        response_type: 'code',
        client_id: settings['client-id'],
        redirect_uri: redirectUri(),
        scope: 'openid email',
        state,
        nonce,
        code_challenge: createHash('sha256').update(verifier).digest('base64url'),
        code_challenge_method: 'S256',
      };
      for (const [name, value] of Object.entries(wanted)) url.searchParams.set(name, value);
      return { url: url.href, tie };
    },

    async finish(answer, tie) {
      const out = (why: string): Entered => ({ outcome: 'out', why });
      const state = answer.get('state') ?? '';
      const known = pending.get(state);
      // Once, whatever comes of it.
      pending.delete(state);
      if (known === undefined || known.until <= now().getTime()) return out('nobody asked for this answer');
      if (tie === undefined || !isSame(tie, known.tie)) return out('another browser asked for this answer');
      const iss = answer.get('iss');
      if (iss !== null && iss !== issuer) return out('another issuer answered');
      const code = answer.get('code');
      if (answer.has('error') || code === null) return out('the provider refused');
      let claims: Claims;
      try {
        claims = await claimsOf(code, known.verifier, iss);
      } catch {
        return out('the provider’s answer could not be verified');
      }
      const wrong = judge(claims, {
        issuer,
        clientId: settings['client-id'],
        nonce: known.nonce,
        at: now().getTime() / 1000,
      });
      if (wrong !== undefined) return out(wrong);
      const who = whoIs(claims, settings.allow);
      return who === undefined ? out('not on the list of [incidents.oidc] allow') : { outcome: 'in', who };
    },
  };
}

function judge(
  claims: Claims,
  due: { readonly issuer: string; readonly clientId: string; readonly nonce: string; readonly at: number },
): string | undefined {
  if (claims.iss !== due.issuer) return 'the token is of another issuer';
  if (!claims.aud.includes(due.clientId)) return 'the token is for another client';
  if ((claims.aud.length > 1 || claims.azp !== undefined) && claims.azp !== due.clientId)
    return 'the token was given to another client';
  if (claims.exp <= due.at - SKEW_S) return 'the token is too old';
  if (claims.iat > due.at + SKEW_S || claims.iat < due.at - OLDEST_TOKEN_S) return 'the token is not of now';
  return isSame(claims.nonce, due.nonce) ? undefined : 'the token was made for another question';
}

/** By a verified address, or by subject: an address that nobody verified is anybody's. */
function whoIs({ sub, email, email_verified }: Claims, allow: readonly string[]): string | undefined {
  if (email !== undefined && email_verified === true && /^[^\s@]+@[^\s@]+$/.test(email)) {
    const address = email.toLowerCase();
    const domain = `*@${address.split('@')[1] ?? ''}`;
    if (allow.some((one) => [address, domain].includes(one.toLowerCase()))) return address;
  }
  return allow.includes(sub) ? sub : undefined;
}

function verified(token: string, keys: readonly unknown[]): unknown {
  const [head = '', body = '', signature = '', ...rest] = token.split('.');
  if (rest.length > 0) throw new Error('not a signed token');
  const parse = (part: string): unknown => JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
  const { alg, kid } = headerSchema.parse(parse(head));
  const kind = { RS256: 'RSA', PS256: 'RSA', ES256: 'EC', EdDSA: 'OKP' }[alg];
  const fitting = keys.flatMap((key) => {
    const jwk = jwkSchema.safeParse(key).data;
    if (jwk === undefined || jwk.kty !== kind || (kid !== undefined && jwk.kid !== kid)) return [];
    return (jwk.use ?? 'sig') === 'sig' && (jwk.alg ?? alg) === alg ? [jwk] : [];
  });
  const [jwk] = fitting;
  // Two that fit would be a guess.
  if (jwk === undefined || fitting.length > 1) throw new Error('no key for this token');
  const key = createPublicKey({ key: jwk, format: 'jwk' });
  if (key.asymmetricKeyType === 'rsa' && (key.asymmetricKeyDetails?.modulusLength ?? 0) < 2048)
    throw new Error('a weak key');
  const how = {
    RS256: { key },
    PS256: { key, padding: 6 /* RSA_PKCS1_PSS_PADDING */, saltLength: 32 },
    ES256: { key, dsaEncoding: 'ieee-p1363' as const },
    EdDSA: { key },
  }[alg];
  const signed = Buffer.from(`${head}.${body}`, 'ascii');
  if (!verify(alg === 'EdDSA' ? null : 'sha256', signed, how, Buffer.from(signature, 'base64url')))
    throw new Error('the signature does not fit');
  return parse(body);
}

/** JSON of the provider: no redirects, a bounded wait, a bounded answer. */
async function load(url: string, init: RequestInit = {}): Promise<unknown> {
  const answer = await fetch(url, { ...init, redirect: 'error', signal: AbortSignal.timeout(WAIT_MS) });
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of answer.body ?? []) {
    size += piece.length;
    if (size > MOST_BYTES) throw new Error('too long an answer');
    pieces.push(piece);
  }
  if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
  return JSON.parse(Buffer.concat(pieces).toString('utf8'));
}

function isSafe(address: string): boolean {
  const url = URL.parse(address);
  if (url === null) return false;
  const here = /^(?:127(?:\.\d+){3}|localhost|\[::1\])$/.test(url.hostname);
  return url.protocol === 'https:' || (url.protocol === 'http:' && here);
}

function random(): string {
  return randomBytes(32).toString('base64url');
}
