export { compileRegex } from './regex-syntax.js';
