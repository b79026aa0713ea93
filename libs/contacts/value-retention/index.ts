export { outlivedValues } from './preview.js';
export type { OutlivedValue } from './preview.js';
