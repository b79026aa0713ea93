export { isOperatorDocument } from './comparison.js';
export type { FieldCondition, MatchDetails, MatchExpression } from './expression.js';
export { matches, matchesValue } from './matches.js';
export { elementMatch, parseFilter, parseValueFilter } from './parse.js';
export { regexPrefix } from './regex.js';
export type { RegexPrefix } from './regex.js';
