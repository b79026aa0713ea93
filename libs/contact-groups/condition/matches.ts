import type { Circumstances, Condition, ContactTraits, Day, Test } from './condition.js';
import { addDays } from './day.js';

/**
 * Whether the contact fits the condition (CON-7). Pure: the same contact, condition and circumstances give the same
 * answer on every replay. An attribute that is not set is in no list, before and after no day, and is not anything.
 */
export function matches(condition: Condition, contact: ContactTraits, circumstances: Circumstances): boolean {
  if ('all' in condition) return condition.all.every((part) => matches(part, contact, circumstances));
  if ('any' in condition) return condition.any.some((part) => matches(part, contact, circumstances));
  if ('none' in condition) return !condition.none.some((part) => matches(part, contact, circumstances));
  return holds(condition, valuesOf(condition.field, contact, circumstances), circumstances);
}

type Value = string | number | boolean;

/** Everything that the field holds: nothing when it is not set, several of a repeatable attribute. */
function valuesOf(field: string, contact: ContactTraits, { vipEnabled }: Circumstances): readonly Value[] {
  switch (field) {
    case 'channel':
      return contact.channelIds;
    case 'medium':
      return contact.media;
    case 'vip':
      return [contact.vip && vipEnabled];
    case 'blocked':
      return [contact.blocked];
    default:
      return contact.values
        .filter(({ alias, medium }) => field === `attribute.${medium === null ? alias : `${medium}.${alias}`}`)
        .flatMap(({ value }) => value);
  }
}

function holds(test: Test, values: readonly Value[], { day }: Circumstances): boolean {
  switch (test.operator) {
    case 'is':
      return values.some((value) => isEqual(value, test.value));
    case 'isNot':
      return !values.some((value) => isEqual(value, test.value));
    case 'contains':
      return values.some((value) => fold(String(value)).includes(fold(test.value)));
    case 'isSet':
      return values.length > 0 === test.value;
    case 'inList':
      return values.some((value) => test.value.some((wanted) => isEqual(value, wanted)));
    case 'before':
      return values.some((value) => String(value) < dayOf(test.value, day));
    case 'after':
      return values.some((value) => String(value) > dayOf(test.value, day));
  }
}

function isEqual(one: Value, other: Value): boolean {
  return typeof one === 'string' && typeof other === 'string' ? fold(one) === fold(other) : one === other;
}

/** Nobody who asks for "gold" means to leave out "Gold". */
const fold = (text: string): string => text.normalize('NFC').trim().toLowerCase();

const dayOf = (day: Day, recorded: string): string => (typeof day === 'string' ? day : addDays(recorded, day.days));
