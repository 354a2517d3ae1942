export { type Breaker, createBreaker, createDailyBreaker } from './breaker.ts';
export { approved, contained, decide } from './decide.ts';
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
export { defaultPolicy, type Policy, type PolicyRow, policySchema } from './policy.ts';
