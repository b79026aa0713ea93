import type { IncomingHttpHeaders, ServerHttp2Stream } from 'node:http2';
import { FrameReader } from './message-frames.js';
import { GrpcError, Status, statusTrailers } from './status.js';

/** The client allows single events of 16 MiB; the size limit of an append is told by its own error. */
const MAX_MESSAGE = 17 * 1024 * 1024;

/** Of all connections together: a thousand clients could each begin a large message and never end it. */
const MOST_HELD = 256 * 1024 * 1024;

/** Bytes of messages that are not complete yet, of all calls of a server. */
export interface HeldBytes {
  bytes: number;
}

const HEADERS = { ':status': 200, 'content-type': 'application/grpc' };

/** One gRPC call on an HTTP/2 stream: messages in, messages out, one status at the end. */
export class GrpcCall {
  readonly #stream: ServerHttp2Stream;
  readonly #frames = new FrameReader(MAX_MESSAGE);
  readonly #budget: HeldBytes;
  #held = 0;
  #isEnded = false;
  #deadline: NodeJS.Timeout | undefined;

  constructor(stream: ServerHttp2Stream, headers: IncomingHttpHeaders, budget: HeldBytes) {
    this.#stream = stream;
    this.#budget = budget;
    this.onClose(() => {
      this.#hold(0);
    });
    stream.on('error', () => {
      // The client reset the stream or is gone: 'close' follows, and nobody is left to be told.
    });
    const timeout = parseTimeout(headers['grpc-timeout']);
    if (timeout !== undefined) {
      this.#deadline = setTimeout(() => {
        this.fail(new GrpcError(Status.deadlineExceeded, 'Deadline Exceeded'));
      }, timeout);
      this.onClose(() => {
        clearTimeout(this.#deadline);
      });
    }
  }

  /** True once the status is sent, or the client has cancelled or gone: whatever is done now, nobody hears of it. */
  get isOver(): boolean {
    return this.#isEnded || this.#stream.destroyed || this.#stream.closed;
  }

  /** Address and port under which the client has reached this server. */
  get localEndpoint(): { address: string; port: number } {
    const { localAddress = '127.0.0.1', localPort = 0 } = this.#stream.session?.socket ?? {};
    return { address: localAddress, port: localPort };
  }

  onClose(listener: () => void): void {
    this.#stream.once('close', listener);
  }

  /** Every message in order, then `onEnd` when the client has closed its side. Errors of a listener end the call. */
  receive(onMessage: (message: Buffer) => void, onEnd: () => void): void {
    this.#stream.on('data', (chunk: Buffer) => {
      this.#guarded(() => {
        if (this.#isEnded) return;
        for (const message of this.#frames.push(chunk)) if (!this.isOver) onMessage(message);
        this.#hold(this.#frames.heldBytes);
        if (this.#budget.bytes > MOST_HELD)
          throw new GrpcError(Status.resourceExhausted, 'too many unfinished messages');
      });
    });
    this.#stream.once('end', () => {
      this.#guarded(() => {
        if (this.#frames.heldBytes > 0)
          throw new GrpcError(Status.internal, 'the request ends in the middle of a message');
        if (!this.#isEnded) onEnd();
      });
    });
  }

  pause(): void {
    this.#stream.pause();
  }

  resume(): void {
    this.#stream.resume();
  }

  /** Sends framed messages; resolves when the client can take more, or is gone. */
  async send(frames: Uint8Array): Promise<void> {
    if (this.isOver || frames.length === 0) return;
    if (!this.#stream.headersSent) this.#respond();
    if (this.#stream.write(frames)) return;
    await new Promise<void>((resolve) => {
      const done = () => {
        this.#stream.off('drain', done);
        this.#stream.off('close', done);
        resolve();
      };
      this.#stream.once('drain', done);
      this.#stream.once('close', done);
    });
  }

  /** Ends the call with OK, after a last message if there is one. */
  end(lastFrame?: Uint8Array): void {
    if (this.isOver) return;
    if (!this.#stream.headersSent) this.#respond();
    this.#finish(statusTrailers());
    this.#stream.end(lastFrame);
  }

  /** Ends the call with an error. What the client still sends is discarded. */
  fail(error: GrpcError): void {
    if (this.isOver) return;
    if (this.#stream.headersSent) {
      this.#finish(statusTrailers(error));
      this.#stream.end();
    } else {
      this.#isEnded = true;
      this.#stream.respond({ ...HEADERS, ...statusTrailers(error) }, { endStream: true });
    }
    this.#stream.resume();
  }

  #hold(bytes: number): void {
    this.#budget.bytes += bytes - this.#held;
    this.#held = bytes;
  }

  #respond(): void {
    this.#stream.respond(HEADERS, { waitForTrailers: true });
  }

  #finish(trailers: Record<string, string>): void {
    this.#isEnded = true;
    clearTimeout(this.#deadline);
    this.#stream.once('wantTrailers', () => {
      this.#stream.sendTrailers(trailers);
    });
  }

  #guarded(action: () => void): void {
    try {
      action();
    } catch (error) {
      this.fail(
        error instanceof GrpcError ? error : new GrpcError(Status.internal, 'the request is not a valid message'),
      );
    }
  }
}

const UNITS: Record<string, number> = { H: 3_600_000, M: 60_000, S: 1000, m: 1, u: 1e-3, n: 1e-6 };
const LONGEST_TIMER = 2 ** 31 - 1;

/** The `grpc-timeout` header in milliseconds; undefined for none, or for one beyond what a timer can wait. */
function parseTimeout(header: string | string[] | undefined): number | undefined {
  const match = typeof header === 'string' ? /^(\d{1,8})([HMSmun])$/.exec(header) : null;
  if (!match) return undefined;
  const milliseconds = Number(match[1]) * (UNITS[match[2] ?? ''] ?? 0);
  return milliseconds <= LONGEST_TIMER ? milliseconds : undefined;
}
