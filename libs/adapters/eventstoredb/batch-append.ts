import streamsService from '@eventstore/db-client/generated/streams_grpc_pb.js';
import type { BatchAppendReq, BatchAppendResp } from '@eventstore/db-client/generated/streams_pb.js';
import type { EventStoreDBClient } from '@eventstore/db-client';
import type { ClientDuplexStream } from '@grpc/grpc-js';
import type { ExpectedRevision } from '#event-sourcing';
import { answeredId, appendRequest, readAnswer } from './append-request.js';
import type { AppendAnswer, WireEvent } from './append-request.js';

type BatchCall = ClientDuplexStream<BatchAppendReq, BatchAppendResp>;

interface Pending {
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly timer: NodeJS.Timeout;
  readonly resolve: (answer: AppendAnswer | undefined) => void;
}

export interface BatchAppender {
  /** `undefined`: the answer was lost, and nobody knows whether it took effect. Throws `EventTooLarge`. */
  append(stream: string, events: readonly WireEvent[], expected: ExpectedRevision): Promise<AppendAnswer | undefined>;
  close(): void;
}

/**
 * Appends over one long-lived BatchAppend call. The client's own `appendToStream` does the same, but it keeps the
 * waiting appends of all calls in one map for the process: when a call breaks, it forgets those of its successor too,
 * and dies (an exception in an event handler, or an unhandled rejection of a queued write) at their answers.
 */
export function createBatchAppender(client: EventStoreDBClient, deadline: number): BatchAppender {
  let current: { call: BatchCall; pending: Map<string, Pending> } | undefined;
  let opening: Promise<NonNullable<typeof current>> | undefined;

  async function open(): Promise<NonNullable<typeof current>> {
    // The client's own channel, with its discovery of nodes and its reconnection, is what makes this call one of it;
    // there is no public way to it.
    /* eslint-disable @typescript-eslint/dot-notation -- protected members */
    const call = await client['GRPCStreamCreator'](streamsService.StreamsClient, 'batchAppend', (stub) =>
      stub.batchAppend(...client['callArguments']({}, { deadline: Infinity })),
    )();
    /* eslint-enable @typescript-eslint/dot-notation */
    const opened = { call, pending: new Map<string, Pending>() };
    const lose = (): void => {
      if (current === opened) current = undefined;
      for (const [id, { resolve }] of opened.pending)
        settle(opened.pending, id, () => {
          resolve(undefined);
        });
    };
    call.on('data', (response: BatchAppendResp) => {
      const id = answeredId(response);
      if (id === undefined) return;
      settle(opened.pending, id, ({ stream, expected, resolve }) => {
        resolve(readAnswer(response, stream, expected));
      });
    });
    call.on('error', lose);
    call.on('close', lose);
    current = opened;
    return opened;
  }

  /** Ends the wait for an answer, if it is still waited for. */
  function settle(pending: Map<string, Pending>, id: string, answer: (waiting: Pending) => void): void {
    const waiting = pending.get(id);
    if (!waiting) return;
    clearTimeout(waiting.timer);
    pending.delete(id);
    answer(waiting);
  }

  return {
    async append(stream, events, expected) {
      const { correlationId, message } = appendRequest(stream, events, expected);
      opening ??= current ? undefined : open().finally(() => (opening = undefined));
      const { call, pending } = current ?? (await (opening ?? open()));
      return new Promise((resolve) => {
        const timer = setTimeout(() => {
          pending.delete(correlationId);
          // A call that does not answer may be a connection that is no more: the next append shall have another.
          call.cancel();
          resolve(undefined);
        }, deadline);
        pending.set(correlationId, { stream, expected, timer, resolve });
        call.write(message);
      });
    },
    close() {
      current?.call.cancel();
    },
  };
}
