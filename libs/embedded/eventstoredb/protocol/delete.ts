import type { Node } from '../node.js';
import { softDelete } from '../semantics/delete.js';
import type { DeleteCommand } from '../semantics/delete.js';
import type { StreamStore } from '../semantics/stream-store.js';
import { describedStream } from '../semantics/system-streams.js';
import { tombstone } from '../semantics/tombstone.js';
import type { WriteOutcome } from '../semantics/write-outcome.js';
import type { GrpcCall } from '../transport/grpc-call.js';
import type { MethodHandler } from '../transport/listener.js';
import { invalidArgument } from '../transport/status.js';
import { positionReply } from './append-success.js';
import { unary } from './calls.js';
import { streamDeleted, wrongExpectedVersion } from './errors.js';
import type { DeleteResponse } from './messages/delete.js';
import { deleteRequest, deleteResponse } from './messages/delete.js';
import { parseWriteOptions } from './write-options.js';

/** Streams.Delete: hides the stream until it is written to again. */
export function deleteMethod(node: Node): MethodHandler {
  return unary(deleteRequest, deleteResponse, async ({ options }, call) =>
    end(node, call, parseWriteOptions(options), softDelete),
  );
}

/** Streams.Tombstone: ends the stream for good. */
export function tombstoneMethod(node: Node): MethodHandler {
  return unary(deleteRequest, deleteResponse, async ({ options }, call) => {
    const command = parseWriteOptions(options);
    // The metadata would outlive its stream's name, and nothing could be said about the stream any more.
    if (describedStream(command.stream) !== undefined) throw invalidArgument('a metastream cannot be tombstoned');
    return end(node, call, command, tombstone);
  });
}

async function end(
  node: Node,
  call: GrpcCall,
  command: DeleteCommand,
  carryOut: (store: StreamStore, command: DeleteCommand) => WriteOutcome,
): Promise<DeleteResponse | undefined> {
  const outcome = await node.queue.submit({
    bytes: 0,
    isWithdrawn: () => call.isOver,
    carryOut: (store) => carryOut(store, command),
  });
  if (outcome === 'withdrawn') return undefined;
  if (outcome.kind === 'stream-deleted') throw streamDeleted(command.stream);
  if (outcome.kind === 'wrong-expected-version')
    throw wrongExpectedVersion(command.stream, command.expected, outcome.current);
  return positionReply(outcome.position);
}
