import { randomUUID } from 'node:crypto';
import type { Node } from '../node.js';
import type { PageItem, ReadPlan } from '../semantics/read-plan.js';
import { planAllRead } from '../semantics/read-all.js';
import { planStreamRead } from '../semantics/read-stream.js';
import { AllSubscription } from '../semantics/subscribe-to-all.js';
import { StreamSubscription } from '../semantics/subscribe-to-stream.js';
import { runSubscription } from '../semantics/subscription.js';
import type { Subscriber } from '../semantics/subscription.js';
import type { GrpcCall } from '../transport/grpc-call.js';
import type { MethodHandler } from '../transport/listener.js';
import { oneRequest } from './calls.js';
import { streamDeleted } from './errors.js';
import { readRequest } from './messages/read.js';
import type { ReadRequest } from './read-request.js';
import { parseReadRequest } from './read-request.js';
import { encodeCaughtUp, encodeConfirmation, encodeLivePage, encodeStreamNotFound } from './read-responses.js';

/** Streams.Read: reads and subscriptions, of streams and of `$all`. */
export function readMethod(node: Node): MethodHandler {
  return oneRequest(readRequest, async ({ options }, call) => {
    const request = parseReadRequest(options);
    try {
      if (request.count === undefined) await subscribe(node, call, request);
      else await read(node, call, request, request.count);
    } catch (error) {
      node.noticeDamage(error);
      throw error;
    }
  });
}

async function read(node: Node, call: GrpcCall, request: ReadRequest, count: number): Promise<void> {
  let plan = planRead(node, request, count);
  if (plan === 'not-found') {
    call.end(request.source.kind === 'stream' ? encodeStreamNotFound(request.source.stream) : undefined);
    return;
  }
  while (plan && !call.isOver) {
    const { content, page } = await node.pages.read(plan, request.uuidForm);
    if (page.rest) await call.send(content);
    else call.end(content);
    plan = page.rest;
  }
}

function planRead(
  node: Node,
  { source, direction, resolveLinks }: ReadRequest,
  count: number,
): ReadPlan | 'not-found' | undefined {
  const { log } = node.store;
  if (source.kind === 'stream') return planStreamRead(log, { ...source, direction, resolveLinks, count });
  const { from, filter } = source;
  return planAllRead(log.lastPosition, {
    from,
    direction,
    resolveLinks,
    count,
    ...(filter && { filter: filter.spec }),
  });
}

async function subscribe(node: Node, call: GrpcCall, request: ReadRequest): Promise<void> {
  const { source, resolveLinks, uuidForm } = request;
  const { log } = node.store;
  const subscription =
    source.kind === 'stream'
      ? new StreamSubscription(log, node.feed, { ...source, resolveLinks })
      : new AllSubscription(log, node.feed, { ...source, resolveLinks });
  const pages = {
    read: (plan: ReadPlan) => node.pages.read(plan, uuidForm),
    render: (items: readonly PageItem[]) => encodeLivePage(items, uuidForm),
  };
  const end = await runSubscription(subscription, pages, subscriberOf(node, call));
  if (end === 'stream-deleted' && source.kind === 'stream') throw streamDeleted(source.stream);
}

function subscriberOf(node: Node, call: GrpcCall): Subscriber<Uint8Array> {
  return {
    isGone: () => call.isOver,
    onGone: (listener) => {
      call.onClose(listener);
    },
    turn: () => node.turns.next(),
    confirm: () => call.send(encodeConfirmation(randomUUID())),
    caughtUp: () => call.send(encodeCaughtUp()),
    send: (content) => call.send(content),
  };
}
