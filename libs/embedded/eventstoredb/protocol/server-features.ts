import type { MethodHandler } from '../transport/listener.js';
import { unary } from './calls.js';
import { empty } from './messages/codec.js';
import { supportedMethods } from './messages/node.js';

/** The release whose behaviour this server has; clients decide by it what they may call. */
const VERSION = '24.6.0';

const FEATURES: Record<string, string[]> = {
  'event_store.client.streams.streams/read': ['position', 'events'],
  'event_store.client.streams.streams/batchappend': ['deadline_duration'],
};

/** ServerFeatures.GetSupportedMethods: every method there is, by its path. */
export function serverFeaturesMethod(paths: Iterable<string>): MethodHandler {
  const methods = [...paths].map((path) => {
    const name = path.slice(1).toLowerCase();
    const [serviceName = '', methodName = ''] = name.split('/');
    return { serviceName, methodName, features: FEATURES[name] ?? [] };
  });
  return unary(empty, supportedMethods, () => Promise.resolve({ methods, eventStoreServerVersion: VERSION }));
}
