export { ConfigurationError, readConfiguration } from './configuration.js';
export type { Configuration, JwtSettings, LogLevel } from './configuration.js';
