export { runApiSide } from './run-api-side.js';
