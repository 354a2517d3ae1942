// The issuers' door.

import { withDirections } from './directions.ts';
import { operatorServices } from './generic.ts';
import { keyburn } from './keyburn.ts';
import { services } from './known.ts';
import type { Service } from './service.ts';

export { mayAsk, namedHosts } from './address.ts';
export { agnes } from './agnes.ts';
export { type CheckItem, checklist } from './checklist.ts';
export { controlKey } from './control.ts';
export { explain } from './explain.ts';
export { operatorServices } from './generic.ts';
export { github } from './github.ts';
export { parseHttpResponse } from './http-response.ts';
export { keyburn } from './keyburn.ts';
export { services } from './known.ts';
export type { OperatorService } from './operator-schema.ts';
export type * from './service.ts';

export { unkey } from './unkey.ts';
export { warp } from './warp.ts';

/**
 * Every issuer of a run: those that keyburn knows, its own service where the operator says it stands, and the operator's own.
 * @param set `keyburnUrl`: KEYBURN_SERVICE_URL; `entries`: the `[[service]]` tables of `file`, parsed and not yet judged
 */
export function issuers(set: {
  readonly keyburnUrl?: string | undefined;
  readonly entries?: unknown;
  readonly file?: string;
}): readonly Service[] {
  const known = services.map((service) =>
    service.id === 'keyburn' ? withDirections(keyburn({ url: set.keyburnUrl })) : service,
  );
  const taken = known.map(({ id }) => id);
  return [
    ...known,
    ...operatorServices(set.entries, { taken, ...(set.file !== undefined && { file: set.file }) }),
  ];
}
