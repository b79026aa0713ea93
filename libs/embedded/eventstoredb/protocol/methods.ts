import type { Node } from '../node.js';
import type { MethodHandler } from '../transport/listener.js';
import { appendMethod } from './append.js';
import { batchAppendMethod } from './batch-append.js';
import { deleteMethod, tombstoneMethod } from './delete.js';
import { gossipMethod } from './gossip.js';
import { readMethod } from './read.js';
import { startScavengeMethod, stopScavengeMethod } from './scavenge.js';
import { serverFeaturesMethod } from './server-features.js';

const FEATURES = '/event_store.client.server_features.ServerFeatures/GetSupportedMethods';

/** Every method this server has; all others are UNIMPLEMENTED. */
export function methodsOf(node: Node): ReadonlyMap<string, MethodHandler> {
  const methods = new Map([
    ['/event_store.client.streams.Streams/Read', readMethod(node)],
    ['/event_store.client.streams.Streams/Append', appendMethod(node)],
    ['/event_store.client.streams.Streams/BatchAppend', batchAppendMethod(node)],
    ['/event_store.client.streams.Streams/Delete', deleteMethod(node)],
    ['/event_store.client.streams.Streams/Tombstone', tombstoneMethod(node)],
    ['/event_store.client.gossip.Gossip/Read', gossipMethod(node)],
    ['/event_store.client.operations.Operations/StartScavenge', startScavengeMethod(node)],
    ['/event_store.client.operations.Operations/StopScavenge', stopScavengeMethod(node)],
  ]);
  return methods.set(FEATURES, serverFeaturesMethod([...methods.keys(), FEATURES]));
}
