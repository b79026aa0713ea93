import { testOperators } from './condition.js';
import type { Day, Test } from './condition.js';
import type { ConditionTerms, Refuse } from './misfit.js';
import { isDate, isText, readField } from './read-field.js';

const longestList = 500;
const mostDays = 36_500;

/** Reads `{field, operator, value}`. */
export function readTest(
  given: ReadonlyMap<string, unknown>,
  pointer: string,
  terms: ConditionTerms,
  refuse: Refuse,
): Test | null {
  if (given.size !== 3 || !['field', 'operator', 'value'].every((name) => given.has(name))) {
    return refuse(pointer, 'not-a-condition');
  }
  const operator = testOperators.find((known) => known === given.get('operator'));
  if (!operator) return refuse(`${pointer}/operator`, 'unknown-operator');
  const known = readField(given.get('field'), terms);
  if (!known) return refuse(`${pointer}/field`, 'unknown-field');
  if (!known.operators.has(operator)) return refuse(`${pointer}/operator`, 'operator-not-for-field');
  const { field, read } = known;
  const at = `${pointer}/value`;
  const value = given.get('value');
  switch (operator) {
    case 'is':
    case 'isNot': {
      const one = read(value);
      return one.ok ? { field, operator, value: one.value } : refuse(at, one.reason);
    }
    case 'contains':
      return isText(value) ? { field, operator, value } : refuse(at, 'value-misfit');
    case 'isSet':
      return typeof value === 'boolean' ? { field, operator, value } : refuse(at, 'value-misfit');
    case 'inList': {
      if (!Array.isArray(value) || value.length > longestList) return refuse(at, 'value-misfit');
      if (value.length === 0) return refuse(at, 'empty');
      const list = value.map(read);
      const misfit = list.findIndex((one) => !one.ok);
      const reason = list.find((one) => !one.ok)?.reason;
      if (reason) return refuse(`${at}/${misfit}`, reason);
      return { field, operator, value: list.flatMap((one) => (one.ok ? [one.value] : [])) };
    }
    case 'before':
    case 'after': {
      const day = readDay(value);
      return day === undefined ? refuse(at, 'value-misfit') : { field, operator, value: day };
    }
  }
}

function readDay(value: unknown): Day | undefined {
  if (typeof value === 'string') return isDate(value) ? value : undefined;
  if (typeof value !== 'object' || value === null || Object.keys(value).join() !== 'days') return undefined;
  const { days } = value as { readonly days: unknown };
  return Number.isInteger(days) && Math.abs(Number(days)) <= mostDays ? { days: Number(days) } : undefined;
}
