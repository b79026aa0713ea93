export { ConfigurationError, readConfiguration, storeSettings } from './configuration.js';
export type { Configuration, JwtSettings, LogLevel, StoreSettings } from './configuration.js';
