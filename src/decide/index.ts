export { type Breaker, createBreaker, createDailyBreaker } from './breaker.ts';
export { approved, decide } from './decide.ts';
export {
  type Arming,
  isOrder,
  isToAct,
  type NotOrdered,
  type OrderInput,
  order,
  type ServiceFacts,
} from './order.ts';
export { defaultPolicy, type Policy, type PolicyRow, policySchema } from './policy.ts';
