// An issuer that an operator describes in keyburn.toml. Nobody here has read its documentation, so its `live` is believed
// only after a random key was refused (control).

import { type Secret, SetupError, settingFaults } from '../model/index.ts';
import { reveal } from '../model/reveal.ts';
import { unknown } from './answer.ts';
import { withDirections } from './directions.ts';
import { keyburn } from './keyburn.ts';
import { actOf } from './operator-act.ts';
import { valueAt } from './operator-call.ts';
import { checkOf, introspectionOf } from './operator-check.ts';
import { hostsOf } from './operator-judge.ts';
import { revocationOf, stepsOf } from './operator-revoke.ts';
import { type OperatorService, operatorServiceSchema } from './operator-schema.ts';
import type { Service } from './service.ts';

/** The issuer's answers, as its operator describes them, or as the open contract does. */
function actsOf(service: OperatorService): Pick<Service, 'check' | 'owner' | 'usage' | 'settlesInMs' | Act> {
  const { contract, check, introspection, contain, restore, revoke } = service;
  if (contract) {
    const { root, report } = contract;
    // Only what the operator names for this issuer: KEYBURN_ROOT_KEY opens another one.
    const names = { ...(root !== undefined && { root }), ...(report !== undefined && { report }) };
    const by = keyburn({ url: service.base, names });
    const { contain, restore } = by;
    return {
      ...Object.fromEntries(CONTRACT.map((part) => [part, by[part]])),
      ...(root !== undefined && contain && restore && { contain, restore }),
      ...(report !== undefined && { settlesInMs: REPORT_SETTLES_MS }),
    };
  }
  return {
    ...(check && { check: checkOf(service, check) }),
    ...(introspection && { check: introspectionOf(service, introspection) }),
    ...(contain && { contain: actOf(service, contain, 'to contain it') }),
    ...(restore && { restore: actOf(service, restore, 'to restore it') }),
    ...(revoke?.kind === 'http' && { revoke: actOf(service, revoke, 'revoking') }),
    ...(revoke?.kind === 'rfc7009' && { revoke: revocationOf(service, revoke) }),
  };
}

type Act = 'contain' | 'restore' | 'revoke';
const CONTRACT = ['check', 'owner', 'usage', 'revoke'] as const;
/** A receiver acknowledges first and burns after. */
const REPORT_SETTLES_MS = 30_000;

/** Names of the credentials that the description asks for. */
function asksOf(service: OperatorService): Readonly<Record<string, string>> {
  const { contract, introspection, lookup, contain, restore, revoke } = service;
  const names = [
    contract?.root,
    contract?.report,
    ...[introspection, lookup, contain, restore, revoke].map((one) => one?.credential),
  ];
  const what = `a credential that [[service]] ${service.id} of keyburn.toml names; its issuer: ${service.docs}`;
  return Object.fromEntries(names.flatMap((name) => (name === undefined ? [] : [[name, what]])));
}

/** The same service, which is shown no key but those that begin with its prefix. */
function withPrefix(service: Service, prefix: string | undefined): Service {
  if (prefix === undefined) return service;
  const { check, contain, restore, revoke, owner, usage } = service;
  const fits = ({ secret }: { readonly secret: Secret }) => reveal(secret).startsWith(prefix);
  const note = `it does not begin with the prefix of ${service.name}'s keys`;
  const no = { outcome: 'refused', note } as const;
  return {
    ...service,
    prefix,
    ...(check && {
      check: async (key, tools) => (fits(key) ? check(key, tools) : unknown(tools, 'not-asked', note)),
    }),
    ...(owner && { owner: async (key, tools) => (fits(key) ? owner(key, tools) : undefined) }),
    ...(usage && { usage: async (key, tools) => (fits(key) ? usage(key, tools) : undefined) }),
    ...(contain && { contain: async (order, tools) => (fits(order) ? contain(order, tools) : no) }),
    ...(restore && { restore: async (key, tools) => (fits(key) ? restore(key, tools) : no) }),
    ...(revoke && { revoke: async (order, tools) => (fits(order) ? revoke(order, tools) : no) }),
  };
}

function toService(service: OperatorService): Service {
  const made: Service = {
    id: service.id,
    name: service.name,
    docs: service.docs,
    hosts: hostsOf(service),
    internal: service.internal,
    asks: asksOf(service),
    rate: {
      requests: service.rate.requests,
      perMs: service.rate['per-ms'],
      concurrency: service.rate.concurrency,
    },
    control: true,
    ...actsOf(service),
    ...(service['settles-ms'] !== undefined && { settlesInMs: service['settles-ms'] }),
    ...(service['side-effect'] !== undefined && { sideEffect: service['side-effect'] }),
    byHand: ({ preview }) => stepsOf(service, preview),
  };
  return withDirections(withPrefix(made, service.prefix));
}

/**
 * The issuers of an operator's own file; all faults at once.
 * @param entries the `[[service]]` tables of keyburn.toml, parsed and not yet judged; undefined where there are none
 * @param taken ids of the services that keyburn knows itself
 */
export function operatorServices(
  entries: unknown,
  options: { readonly file?: string; readonly taken?: readonly string[] } = {},
): readonly Service[] {
  const { file = 'keyburn.toml', taken = [] } = options;
  if (entries === undefined) return [];
  if (!Array.isArray(entries))
    throw new SetupError(`${file}: service: must be a list of tables`, { hint: 'write [[service]]' });
  const faults: string[] = [];
  const good: Service[] = [];
  const seenIds = new Set(taken);
  for (const [n, entry] of entries.entries()) {
    const parsed = operatorServiceSchema.safeParse(entry);
    const id = valueAt(entry, 'id');
    const where = `${file}: service ${typeof id === 'string' && /^[\w-]{1,60}$/.test(id) ? id : n + 1}`;
    for (const issue of parsed.error?.issues ?? [])
      faults.push(...settingFaults(issue).map((fault) => `${where}: ${fault.replace(/^top level: /, '')}`));
    if (typeof id === 'string' && seenIds.has(id)) faults.push(`${where}: id: is taken`);
    if (typeof id === 'string') seenIds.add(id);
    if (parsed.success) good.push(toService(parsed.data));
  }
  if (faults.length > 0)
    throw new SetupError(faults.join('\n'), {
      hint: 'docs/configuration.md describes every field of [[service]]',
    });
  return good;
}
