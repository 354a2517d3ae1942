import type { Policy } from './policy.ts';

/** No rows: the built-in policy alone. What policySchema makes of nothing. */
export const defaultPolicy: Policy = { rule: [], breaker: 10, 'side-effects': [] };
