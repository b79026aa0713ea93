export { asksFor, testOperators, testsOf } from './condition.js';
export type { Circumstances, Condition, ContactTraits, Day, Test, TestOperator } from './condition.js';
export { addDays, dayOfInstant } from './day.js';
export { matches } from './matches.js';
export type { ConditionMisfit, ConditionTerms } from './misfit.js';
export { readCondition } from './read-condition.js';
export type { ReadCondition } from './read-condition.js';
