// Where an issuer that stands at its customers' may be asked. A name found beside a key counts only below a domain that
// is the issuer's own, for there nobody else can answer; every other address is the operator's word.

import { type Secret, SetupError } from '../model/index.ts';
import { reveal } from '../model/reveal.ts';
import type { Key, Service, Tools } from './service.ts';

const LABELS = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+$/;

/** Whether `host` is a name below `domain`: whole labels, no port, not the domain itself. */
function below(host: string, domain: string): boolean {
  return host.endsWith(`.${domain}`) && LABELS.test(host.slice(0, -domain.length));
}

/** Base URL without a slash at its end; undefined where the operator set none. */
function settingOf(name: string, credential: Tools['credential']): URL | undefined {
  const value = credential(name);
  if (!value) return undefined;
  const url = URL.parse(reveal(value));
  if (url && ['http:', 'https:'].includes(url.protocol) && url.username === '' && url.password === '')
    return url;
  throw new SetupError(`${name}: not a web address`, {
    hint: 'write it as https://host or https://host/path',
  });
}

/** The hosts that the operator's settings name for this service: asked wherever they stand, also inside the company. */
export function namedHosts(
  { settings = [] }: Pick<Service, 'settings'>,
  credential: (name: string) => Secret | undefined,
): readonly string[] {
  return settings.flatMap((name) => settingOf(name, credential)?.host ?? []);
}

/** Whether the issuer may be asked at `host`: named by the service or by the operator, or below a domain of the issuer's. */
export function mayAsk(
  { hosts, domains = [] }: Pick<Service, 'hosts' | 'domains'>,
  host: string,
  named: readonly string[] = [],
): boolean {
  return hosts.includes(host) || named.includes(host) || domains.some((domain) => below(host, domain));
}

/**
 * The base URL for a key, without a slash at its end: the operator's setting, else the host beside the key where it is
 * the issuer's. Undefined: nobody knows where to ask.
 */
export function baseFor(
  at: { readonly settings: readonly string[]; readonly domains?: readonly string[]; readonly part?: string },
  key: Key,
  tools: Pick<Tools, 'credential'>,
): string | undefined {
  for (const name of at.settings) {
    const url = settingOf(name, tools.credential);
    if (url) return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
  }
  const part = key.parts[at.part ?? 'host'];
  if (!part) return undefined;
  const text = reveal(part).toLowerCase();
  const host = URL.parse(/^https?:\/\//.test(text) ? text : `https://${text}`)?.host ?? '';
  return at.domains?.some((domain) => below(host, domain)) === true ? `https://${host}` : undefined;
}
