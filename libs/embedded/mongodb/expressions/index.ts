export { compileExpression, isExpressionOperator } from './compile.js';
export type { QueryContext } from './context.js';
export { checkUserVariable, follow, parseFieldPath } from './field-path.js';
export { isNullish } from './operators/arguments.js';
