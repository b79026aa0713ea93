import type { Node } from '../node.js';
import type { MethodHandler } from '../transport/listener.js';
import { unary } from './calls.js';
import { empty } from './messages/codec.js';
import { clusterInfo } from './messages/node.js';

const LEADER = 8;
const TICKS = 10_000;

/** Gossip.Read: a cluster of one, which leads. */
export function gossipMethod(node: Node): MethodHandler {
  return unary(empty, clusterInfo, (_request, call) => {
    const { address, port } = call.localEndpoint;
    const member = {
      instanceId: { string: node.instanceId },
      timeStamp: String(Date.now() * TICKS),
      state: LEADER,
      isAlive: true,
      httpEndPoint: { address: node.advertisedHost ?? address, port },
    };
    return Promise.resolve({ members: [member] });
  });
}
