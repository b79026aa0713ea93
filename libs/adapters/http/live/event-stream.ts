import type { FastifyReply, FastifyRequest } from 'fastify';

/** A stream of server-sent events to one client. */
export interface EventStream {
  /** `id`: what the client sends as `Last-Event-ID` when it comes again. */
  send(event: string, id: string, data: object): void;
  end(): void;
}

const heartbeatMs = 15_000;
/** A client that reads so much slower than things happen comes again and goes on where it was. Bytes. */
const mostUnread = 1_000_000;

/** Begins the answer; from here on it is written by hand. `ended` is called when the client has gone or `end` was. */
export function openEventStream(request: FastifyRequest, reply: FastifyReply, ended: () => void): EventStream {
  reply.hijack();
  const { raw } = reply;
  raw.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    // A proxy that collects the answer first would never pass it on.
    'x-accel-buffering': 'no',
  });
  const heartbeat = setInterval(() => raw.write(': still here\n\n'), heartbeatMs);
  const end = (): void => {
    clearInterval(heartbeat);
    raw.end();
  };
  request.raw.once('close', () => {
    clearInterval(heartbeat);
    ended();
  });
  raw.write('retry: 1000\n\n');
  return {
    send(event, id, data) {
      if (raw.writableLength > mostUnread) end();
      else raw.write(`id: ${id}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
    },
    end,
  };
}
