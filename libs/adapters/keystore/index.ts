export { openKeyStore } from './open.js';
