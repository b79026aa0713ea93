export { compileExpression, isExpressionOperator } from './compile.js';
export type { QueryContext } from './context.js';
export { checkUserVariable, follow } from './field-path.js';
