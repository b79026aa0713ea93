export { createHttpApi } from './http-api.js';
export type { HttpApi, HttpApiOptions } from './http-api.js';
export type { HealthPart, HttpPorts } from './http-ports.js';
export type { TokenSettings } from './auth/token-settings.js';
