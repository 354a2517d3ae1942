// An issuer that an operator describes in keyburn.toml. Nobody here has read its documentation, so its `live` is believed
// only after a random key was refused (control).

import { SetupError } from '../model/index.ts';
import { valueAt } from './operator-call.ts';
import { checkOf, introspectionOf } from './operator-check.ts';
import { revocationOf, stepsOf } from './operator-revoke.ts';
import { hostsOf, type OperatorService, operatorServiceSchema } from './operator-schema.ts';
import type { Service } from './service.ts';

function toService(service: OperatorService): Service {
  const { check, introspection, revoke } = service;
  return {
    id: service.id,
    name: service.name,
    docs: service.docs,
    hosts: hostsOf(service),
    internal: service.internal,
    rate: {
      requests: service.rate.requests,
      perMs: service.rate['per-ms'],
      concurrency: service.rate.concurrency,
    },
    control: true,
    ...(check && { check: checkOf(service, check) }),
    ...(introspection && { check: introspectionOf(service, introspection) }),
    ...(revoke && { revoke: revocationOf(service, revoke) }),
    ...(service['settles-ms'] !== undefined && { settlesInMs: service['settles-ms'] }),
    ...(service['side-effect'] !== undefined && { sideEffect: service['side-effect'] }),
    byHand: ({ preview }) => stepsOf(service, preview),
  };
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
    for (const { path, message } of parsed.error?.issues ?? [])
      faults.push(`${where}: ${path.map(String).join('.') || 'table'}: ${message}`);
    if (typeof id === 'string' && seenIds.has(id)) faults.push(`${where}: id: is taken`);
    if (typeof id === 'string') seenIds.add(id);
    if (parsed.success) good.push(toService(parsed.data));
  }
  if (faults.length > 0)
    throw new SetupError(faults.join('\n'), {
      hint: 'src/services/README.md describes every field of [[service]]',
    });
  return good;
}
