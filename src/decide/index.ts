export { type Breaker, createBreaker, createDailyBreaker } from './breaker.ts';
export { approved, contained, decide } from './decide.ts';
export { defaultPolicy } from './default-policy.ts';
export {
  type Arming,
  isArmedFor,
  isOrder,
  isToAct,
  type NotOrdered,
  type OrderInput,
  order,
  type ServiceFacts,
} from './order.ts';
export type { Policy, PolicyRow } from './policy.ts';
