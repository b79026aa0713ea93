import { Document, int32 } from '../values/index.js';

const VERSION = '7.0.14';

/** `buildInfo`: the version whose behaviour this server follows; shells and Compass choose their features by it. */
export function buildInfo(): Document {
  return new Document([
    ['version', VERSION],
    ['gitVersion', 'embedded'],
    ['modules', []],
    ['allocator', 'system'],
    ['javascriptEngine', 'none'],
    ['sysInfo', 'deprecated'],
    ['versionArray', [...VERSION.split('.').map(Number), 0].map(int32)],
    ['bits', int32(64)],
    ['debug', false],
    ['maxBsonObjectSize', int32(16 * 1024 * 1024)],
    ['storageEngines', ['sqlite']],
  ]);
}
