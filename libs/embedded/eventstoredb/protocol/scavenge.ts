import type { Node } from '../node.js';
import type { MethodHandler } from '../transport/listener.js';
import { unary } from './calls.js';
import { scavengeNotFound } from './errors.js';
import { empty } from './messages/codec.js';
import { scavengeResponse, stopScavengeRequest } from './messages/node.js';

const IN_PROGRESS = 1;
const STOPPED = 2;

/** Operations.StartScavenge: answers at once; its options are hints for other storage engines. */
export function startScavengeMethod(node: Node): MethodHandler {
  return unary(empty, scavengeResponse, () =>
    Promise.resolve({ scavengeId: node.scavenger.start().id, scavengeResult: IN_PROGRESS }),
  );
}

/** Operations.StopScavenge: answers when it has stopped. */
export function stopScavengeMethod(node: Node): MethodHandler {
  return unary(stopScavengeRequest, scavengeResponse, async ({ options }) => {
    const wanted = options?.scavengeId ?? '';
    const stopped = await node.scavenger.stop(wanted);
    if (!stopped) throw scavengeNotFound(wanted);
    return { scavengeId: stopped.id, scavengeResult: STOPPED };
  });
}
