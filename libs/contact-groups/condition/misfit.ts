import type { AttributeCatalogue } from '#attributes/attributes';

/** Why something is no condition. */
export type ConditionMisfit =
  | 'not-a-condition'
  | 'empty'
  | 'too-deep'
  | 'too-many-tests'
  | 'unknown-field'
  | 'unknown-operator'
  | 'operator-not-for-field'
  | 'value-misfit'
  | 'unknown-channel'
  | 'unknown-medium';

/** What the admin's words are held against. */
export interface ConditionTerms {
  readonly catalogue: AttributeCatalogue;
  readonly channelIds: ReadonlySet<string>;
}

/** Notes the first misfit, and answers nothing. */
export type Refuse = (pointer: string, reason: ConditionMisfit) => null;
