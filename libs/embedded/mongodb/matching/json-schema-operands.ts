import { exactInteger, isNumeric, MongoError } from '../values/index.js';
import type { Value } from '../values/index.js';

/** A keyword's operand has the wrong type. */
export const mismatch = (keyword: string, expected: string): MongoError =>
  new MongoError(14, `$jsonSchema keyword '${keyword}' must be ${expected}`);

/** An operand that is a non-empty list of different strings. Throws 14 and 9. */
export function strings(keyword: string, operand: Value): readonly string[] {
  if (!Array.isArray(operand)) throw mismatch(keyword, 'an array of strings');
  if (operand.length === 0) throw new MongoError(9, `$jsonSchema keyword '${keyword}' cannot be an empty array`);
  const texts = operand.map((each) => {
    if (typeof each !== 'string') throw mismatch(keyword, 'an array of strings');
    return each;
  });
  if (new Set(texts).size < texts.length)
    throw new MongoError(9, `$jsonSchema keyword '${keyword}' has duplicate values`);
  return texts;
}

/** An operand that is a whole number from 0 on. Throws 14 and 9. */
export function length(keyword: string, operand: Value): bigint {
  if (!isNumeric(operand)) throw mismatch(keyword, 'a number');
  const integer = exactInteger(operand);
  if (integer === undefined || integer < 0n)
    throw new MongoError(9, `$jsonSchema keyword '${keyword}' must be a non-negative whole number`);
  return integer;
}
