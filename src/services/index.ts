// The issuers. One file each, one line here, and their recorded replies in test/services/replies.
import { github } from './github.ts';
import { keyburn } from './keyburn.ts';
import type { Service } from './service.ts';

export { controlKey } from './control.ts';
export { github } from './github.ts';
export { keyburn } from './keyburn.ts';
export type * from './service.ts';

export const services: readonly Service[] = [github(), keyburn()];
