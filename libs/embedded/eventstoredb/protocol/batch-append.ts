import type { Node } from '../node.js';
import { append } from '../semantics/append.js';
import type { WriteOutcome } from '../semantics/write-outcome.js';
import type { GrpcCall } from '../transport/grpc-call.js';
import type { MethodHandler } from '../transport/listener.js';
import { frame } from '../transport/message-frames.js';
import { GrpcError, Status } from '../transport/status.js';
import { batchFailure, batchOutcome, batchTimeout } from './batch-replies.js';
import { deadlineOf } from './batch-deadline.js';
import { parseUuid } from './identifiers.js';
import type { BatchAppendRequest, BatchAppendResponse } from './messages/batch-append.js';
import { batchAppendRequest, batchAppendResponse } from './messages/batch-append.js';
import { ProposedEvents } from './proposed-events.js';
import type { WriteTarget } from './write-options.js';
import { parseBatchOptions } from './write-options.js';

/** Above this many payload bytes waiting for their commit, nothing more is read from this call. */
const MOST_WAITING = 16 * 1024 * 1024;
/** And above this many bytes of appends that were begun and not finished, the call is ended. */
const MOST_UNFINISHED = 64 * 1024 * 1024;

/** An append whose last message has not come yet. */
interface OpenAppend {
  readonly request: BatchAppendRequest;
  readonly target: WriteTarget;
  readonly proposed: ProposedEvents;
  readonly timer: NodeJS.Timeout;
}

/** Streams.BatchAppend: one long call that carries any number of appends, each with exactly one reply. */
export function batchAppendMethod(node: Node): MethodHandler {
  return (call) => {
    const session = new BatchAppendCall(node, call);
    call.onClose(() => {
      session.abandon();
    });
    call.receive(
      (message) => {
        session.receive(batchAppendRequest.decode(message));
      },
      () => {
        session.finish();
      },
    );
  };
}

class BatchAppendCall {
  readonly #node: Node;
  readonly #call: GrpcCall;
  readonly #open = new Map<string, OpenAppend>();
  #unfinishedBytes = 0;
  #owedReplies = 0;
  #isHalfClosed = false;
  #replies: Buffer[] = [];

  constructor(node: Node, call: GrpcCall) {
    this.#node = node;
    this.#call = call;
  }

  /** One message of one append. The client tells appends apart by correlation id, and so has to be answered by it. */
  receive(request: BatchAppendRequest): void {
    const key = Buffer.from(parseUuid(request.correlationId)).toString('latin1');
    const open = this.#open.get(key) ?? (request.options && this.#begin(key, request));
    // Of an append that was answered already, or never begun: the client may not know yet.
    if (!open) return;
    try {
      const before = open.proposed.size;
      for (const message of request.proposedMessages ?? []) open.proposed.add(message);
      this.#unfinishedBytes += open.proposed.size - before;
    } catch (error) {
      this.#settle(key, open, batchFailure(open.request, error));
      return;
    }
    if (request.isFinal) this.#submit(key, open);
    else if (this.#unfinishedBytes > MOST_UNFINISHED)
      throw new GrpcError(Status.resourceExhausted, 'too many unfinished appends');
  }

  /** The client has nothing more to send: what it is owed is sent, then the call ends. */
  finish(): void {
    this.#isHalfClosed = true;
    this.#endWhenDone();
  }

  abandon(): void {
    for (const { timer } of this.#open.values()) clearTimeout(timer);
    this.#open.clear();
  }

  #begin(key: string, request: BatchAppendRequest): OpenAppend | undefined {
    const left = deadlineOf(request.options);
    this.#owedReplies++;
    try {
      const target = parseBatchOptions(request.options ?? {});
      if (left <= 0) {
        this.#reply(batchTimeout(request));
        return undefined;
      }
      const timer = setTimeout(() => {
        const late = this.#open.get(key);
        if (late) this.#settle(key, late, batchTimeout(request));
      }, left);
      const open = { request, target, proposed: new ProposedEvents(this.#node.maxAppendSize), timer };
      this.#open.set(key, open);
      return open;
    } catch (error) {
      this.#reply(batchFailure(request, error));
      return undefined;
    }
  }

  #submit(key: string, open: OpenAppend): void {
    this.#close(key, open);
    const { target, proposed, request } = open;
    const write = {
      bytes: proposed.size,
      isWithdrawn: () => this.#call.isOver,
      carryOut: (store: Node['store']) => append(store, { ...target, events: proposed.events }),
    };
    if (this.#node.queue.waitingBytes > MOST_WAITING) this.#call.pause();
    this.#node.queue.submit(write).then(
      (outcome: WriteOutcome | 'withdrawn') => {
        if (outcome !== 'withdrawn') this.#reply(batchOutcome(request, target, outcome));
        this.#call.resume();
      },
      (error: unknown) => {
        this.#reply(batchFailure(request, error));
        this.#call.resume();
      },
    );
  }

  #settle(key: string, open: OpenAppend, response: BatchAppendResponse): void {
    this.#close(key, open);
    this.#reply(response);
  }

  #close(key: string, { timer, proposed }: OpenAppend): void {
    clearTimeout(timer);
    this.#open.delete(key);
    this.#unfinishedBytes -= proposed.size;
  }

  /** Replies of one commit go out together. */
  #reply(response: BatchAppendResponse): void {
    this.#owedReplies--;
    this.#replies.push(frame(batchAppendResponse.encode(response)));
    if (this.#replies.length === 1)
      process.nextTick(() => {
        const frames = Buffer.concat(this.#replies);
        this.#replies = [];
        void this.#call.send(frames);
        this.#endWhenDone();
      });
  }

  #endWhenDone(): void {
    if (this.#isHalfClosed && this.#owedReplies === 0 && this.#replies.length === 0) this.#call.end();
  }
}
