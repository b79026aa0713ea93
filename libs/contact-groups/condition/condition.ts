import type { AttributeValue } from '#attributes/attributes';
import type { Medium } from '#channels/channel';

export const testOperators = ['is', 'isNot', 'contains', 'isSet', 'inList', 'before', 'after'] as const;
export type TestOperator = (typeof testOperators)[number];

type One = string | number | boolean;

/** A day: fixed (`YYYY-MM-DD`), or so many days from the recorded one (-30: thirty days before it). Never "now". */
export type Day = string | { readonly days: number };

/**
 * One question about a contact. `field`: `attribute.<alias>` (`attribute.whatsapp.phone` for a platform one),
 * `channel` and `medium` (where the contact was met), `vip`, `blocked`.
 */
export type Test = { readonly field: string } & (
  | { readonly operator: 'is' | 'isNot'; readonly value: One }
  | { readonly operator: 'contains'; readonly value: string }
  | { readonly operator: 'isSet'; readonly value: boolean }
  | { readonly operator: 'inList'; readonly value: readonly One[] }
  | { readonly operator: 'before' | 'after'; readonly value: Day }
);

/** What a group's members have in common (CON-7). */
export type Condition =
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly none: readonly Condition[] }
  | Test;

/** What conditions may ask of a contact. */
export interface ContactTraits {
  readonly values: readonly {
    readonly alias: string;
    /** `null` unless it is a platform attribute. */
    readonly medium: Medium | null;
    readonly value: AttributeValue;
  }[];
  /** Channels on which the contact was met. */
  readonly channelIds: readonly string[];
  /** Media of the contact's identities. */
  readonly media: readonly Medium[];
  /** The mark itself, kept also while VIP is switched off. */
  readonly vip: boolean;
  readonly blocked: boolean;
}

/** What a condition depends on besides the contact. It is recorded with the condition, so that a replay finds the same. */
export interface Circumstances {
  /** The recorded day, `YYYY-MM-DD`. */
  readonly day: string;
  /** ATT-6: switched off, nobody counts as a VIP. */
  readonly vipEnabled: boolean;
}

/** The tests of a condition, in reading order. */
export function testsOf(condition: Condition): readonly Test[] {
  if ('field' in condition) return [condition];
  return partsOf(condition).flatMap(testsOf);
}

export function partsOf(condition: Exclude<Condition, Test>): readonly Condition[] {
  if ('all' in condition) return condition.all;
  return 'any' in condition ? condition.any : condition.none;
}

/** Which of the circumstances the condition goes by: only when they change can it mean others. */
export function asksFor(condition: Condition): { readonly day: boolean; readonly vip: boolean } {
  const tests = testsOf(condition);
  return {
    day: tests.some(({ value }) => typeof value === 'object' && 'days' in value),
    vip: tests.some(({ field }) => field === 'vip'),
  };
}
