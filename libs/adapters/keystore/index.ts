export type { RewrappableKeyStore } from './key-store.js';
export { addMasterKey, makeMasterKeyFile } from './master-keys.js';
export type { MasterKeySource } from './master-keys.js';
export { openKeyStore } from './open.js';
