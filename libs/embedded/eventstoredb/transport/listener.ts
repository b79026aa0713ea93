import { createServer as createHttpServer } from 'node:http';
import type { RequestListener, Server as HttpServer } from 'node:http';
import { createServer as createHttp2Server } from 'node:http2';
import type { Http2Server, IncomingHttpHeaders, ServerHttp2Session, ServerHttp2Stream } from 'node:http2';
import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { GrpcCall } from './grpc-call.js';
import type { HeldBytes } from './grpc-call.js';
import { GrpcError, Status } from './status.js';

/** Serves one method. What it throws or rejects with ends the call. */
export type MethodHandler = (call: GrpcCall) => void;

export interface ListenerOptions {
  readonly host: string;
  /** 0 for any that is free */
  readonly port: number;
  /** By path, `/package.Service/Method`. */
  readonly methods: ReadonlyMap<string, MethodHandler>;
  readonly http: RequestListener;
}

const HTTP2_PREFACE = 'PRI ';
const SNIFF_TIMEOUT = 10_000;

/** One port for gRPC over HTTP/2 with prior knowledge and for HTTP/1.1; told apart by the first bytes. */
export class Listener {
  readonly #methods: ReadonlyMap<string, MethodHandler>;
  readonly #sessions = new Set<ServerHttp2Session>();
  readonly #calls = new Set<GrpcCall>();
  readonly #held: HeldBytes = { bytes: 0 };
  readonly #http2: Http2Server;
  readonly #http: HttpServer;
  readonly #tcp: Server;
  #isClosing = false;

  private constructor(options: ListenerOptions) {
    this.#methods = options.methods;
    this.#http = createHttpServer(options.http);
    this.#http2 = createHttp2Server({
      settings: { maxConcurrentStreams: 4096, initialWindowSize: 1024 * 1024 },
      maxSessionMemory: 256,
      // A client that cancels reads resets streams: the default guard would end its whole connection for that.
      streamResetBurst: 100_000,
      streamResetRate: 10_000,
    });
    this.#http2.on('session', (session) => {
      this.#accept(session);
    });
    this.#http2.on('stream', (stream: ServerHttp2Stream, headers: IncomingHttpHeaders) => {
      const call = new GrpcCall(stream, headers, this.#held);
      this.#calls.add(call);
      call.onClose(() => {
        this.#calls.delete(call);
      });
      this.#dispatch(call, headers[':path'] ?? '');
    });
    this.#tcp = createServer((socket) => {
      this.#sniff(socket);
    });
  }

  static async open(options: ListenerOptions): Promise<Listener> {
    const listener = new Listener(options);
    await new Promise<void>((resolve, reject) => {
      listener.#tcp.once('error', reject);
      listener.#tcp.listen(options.port, options.host, resolve);
    });
    return listener;
  }

  get port(): number {
    return (this.#tcp.address() as AddressInfo).port;
  }

  /** Takes no new connections or calls, ends the open calls with UNAVAILABLE and lets go of all connections. */
  async close(): Promise<void> {
    this.#isClosing = true;
    const closed = new Promise((resolve) => this.#tcp.close(resolve));
    for (const call of this.#calls) call.fail(new GrpcError(Status.unavailable, 'Server Is Shutting Down'));
    this.#http.closeAllConnections();
    await Promise.all([...this.#sessions].map(closeSession));
    await closed;
  }

  #dispatch(call: GrpcCall, path: string): void {
    if (this.#isClosing) {
      call.fail(new GrpcError(Status.unavailable, 'Server Is Not Ready'));
      return;
    }
    const handler = this.#methods.get(path);
    if (handler) handler(call);
    else call.fail(new GrpcError(Status.unimplemented, `${path} is not implemented`));
  }

  #accept(session: ServerHttp2Session): void {
    this.#sessions.add(session);
    session.setLocalWindowSize(8 * 1024 * 1024);
    session.on('error', () => {
      // A broken connection is the client's loss only; its calls see 'close'.
    });
    session.once('close', () => {
      this.#sessions.delete(session);
    });
  }

  #sniff(socket: Socket): void {
    socket.setNoDelay(true);
    socket.on('error', () => {
      socket.destroy();
    });
    const giveUp = setTimeout(() => {
      socket.destroy();
    }, SNIFF_TIMEOUT);
    socket.once('close', () => {
      clearTimeout(giveUp);
    });
    let head = Buffer.alloc(0);
    const look = () => {
      const chunk = socket.read() as Buffer | null;
      if (!chunk) return;
      head = Buffer.concat([head, chunk]);
      if (head.length < HTTP2_PREFACE.length) return;
      clearTimeout(giveUp);
      socket.off('readable', look);
      socket.unshift(head);
      this.#handOver(socket, head);
    };
    socket.on('readable', look);
  }

  #handOver(socket: Socket, head: Buffer): void {
    const start = head.toString('latin1', 0, HTTP2_PREFACE.length);
    if (start === HTTP2_PREFACE) this.#http2.emit('connection', socket);
    else if (/^[A-Z]/.test(start)) this.#http.emit('connection', socket);
    else socket.destroy();
  }
}

/** What the calls had to say is still sent, but a client that does not take it is not waited for. */
function closeSession(session: ServerHttp2Session): Promise<void> {
  return new Promise((resolve) => {
    const impatience = setTimeout(() => {
      session.destroy();
    }, 500);
    session.once('close', () => {
      clearTimeout(impatience);
      resolve();
    });
    session.close();
  });
}
