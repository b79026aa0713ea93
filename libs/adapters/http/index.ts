export { createHttpApi } from './http-api.js';
export type { HttpApiOptions } from './http-api-options.js';
export type { HttpApi } from './http-api.js';
export type { HealthPart, HttpPorts } from './http-ports.js';
export type { TokenSettings } from './auth/token-settings.js';
