// The issuers. One file each, one line here, and their recorded replies in test/services/replies.
import { agnes } from './agnes.ts';
import { github } from './github.ts';
import { keyburn } from './keyburn.ts';
import type { Service } from './service.ts';
import { unkey } from './unkey.ts';
import { warp } from './warp.ts';

export { agnes } from './agnes.ts';
export { controlKey } from './control.ts';
export { explain } from './explain.ts';
export { operatorServices } from './generic.ts';
export { github } from './github.ts';
export { parseHttpResponse } from './http-response.ts';
export { keyburn } from './keyburn.ts';
export { type OperatorService, operatorServiceSchema } from './operator-schema.ts';
export type * from './service.ts';

export { unkey } from './unkey.ts';
export { warp } from './warp.ts';

export const services: readonly Service[] = [agnes(), github(), keyburn(), unkey(), warp()];
