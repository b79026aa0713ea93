export { render, unknownVariable } from './variables.js';
export type { Rendered, VariableValues } from './variables.js';
