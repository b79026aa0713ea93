import { append } from '../semantics/append.js';
import type { ExpectedRevision } from '../semantics/expected-revision.js';
import type { Node } from '../node.js';
import type { GrpcCall } from '../transport/grpc-call.js';
import type { MethodHandler } from '../transport/listener.js';
import { frame } from '../transport/message-frames.js';
import { invalidArgument } from '../transport/status.js';
import { appendSuccess } from './append-success.js';
import { streamDeleted, toGrpcError } from './errors.js';
import type { AppendResponse } from './messages/append.js';
import { appendRequest, appendResponse } from './messages/append.js';
import { ProposedEvents } from './proposed-events.js';
import type { WriteTarget } from './write-options.js';
import { parseWriteOptions } from './write-options.js';

/** Streams.Append: options, then one message per event, then one reply. */
export function appendMethod(node: Node): MethodHandler {
  return (call) => {
    const proposed = new ProposedEvents(node.maxAppendSize);
    let target: WriteTarget | undefined;
    call.receive(
      (message) => {
        const { content, options, proposedMessage } = appendRequest.decode(message);
        if (!target) {
          if (content !== 'options') throw invalidArgument('the first message of an append has to be its options');
          target = parseWriteOptions(options);
        } else if (proposedMessage) {
          proposed.add(proposedMessage);
        } else {
          throw invalidArgument('an append has options only once');
        }
      },
      () => {
        if (!target) throw invalidArgument('an append has to have options');
        execute(node, call, target, proposed).catch((error: unknown) => {
          call.fail(toGrpcError(error));
        });
      },
    );
  };
}

async function execute(node: Node, call: GrpcCall, target: WriteTarget, proposed: ProposedEvents): Promise<void> {
  const outcome = await node.queue.submit({
    bytes: proposed.size,
    isWithdrawn: () => call.isOver,
    carryOut: (store) => append(store, { ...target, events: proposed.events }),
  });
  if (outcome === 'withdrawn') return;
  if (outcome.kind === 'stream-deleted') throw streamDeleted(target.stream);
  const response: AppendResponse =
    outcome.kind === 'written'
      ? { success: appendSuccess(outcome) }
      : { wrongExpectedVersion: wrongExpectedVersion(target.expected, outcome.current) };
  call.end(frame(appendResponse.encode(response)));
}

function wrongExpectedVersion(
  expected: ExpectedRevision,
  current: number,
): NonNullable<AppendResponse['wrongExpectedVersion']> {
  return {
    ...(current === -1
      ? { noStream2060: {}, currentNoStream: {} }
      : { currentRevision2060: current, currentRevision: current }),
    ...expectedTwice(expected),
  };
}

function expectedTwice(expected: ExpectedRevision) {
  switch (expected) {
    case 'any':
      return { any2060: {}, expectedAny: {} };
    case 'stream_exists':
      return { streamExists2060: {}, expectedStreamExists: {} };
    case 'no_stream':
      return { expectedRevision2060: String(2n ** 64n - 1n), expectedNoStream: {} };
    default:
      return { expectedRevision2060: String(expected), expectedRevision: String(expected) };
  }
}
