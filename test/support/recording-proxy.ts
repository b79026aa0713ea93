import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request that would change something, and what its sender was told. */
export interface Exchange {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** 503 also when no answer came: then nobody knows whether it took effect. */
  readonly status: number;
  readonly answer: string;
}

export interface RecordingProxy {
  readonly url: string;
  /** Where requests go from now on; `undefined`: nowhere, they are answered 503. */
  forwardTo(url: string | undefined): void;
  /** Since the last call, in the order of the answers. */
  taken(): readonly Exchange[];
  /** Resolves when so many more requests were acknowledged. */
  acknowledged(count: number): Promise<void>;
  close(): Promise<void>;
}

const passedOn = ['authorization', 'content-type', 'idempotency-key', 'ledger-position', 'x-hub-signature-256'];
const passedBack = ['content-type', 'ledger-position'];

/** Stands between a program and the API, and remembers what the API has acknowledged. */
export async function startRecordingProxy(): Promise<RecordingProxy> {
  let target: string | undefined;
  let exchanges: Exchange[] = [];
  let awaited = { left: 0, reached: (): void => undefined };

  const server = createServer((request, response) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const { method = '', url: path = '' } = request;
      const body = Buffer.concat(chunks).toString('utf8');
      const headers = Object.fromEntries(
        passedOn.flatMap((name) =>
          request.headers[name] === undefined ? [] : [[name, String(request.headers[name])]],
        ),
      );
      // No connection, or one that breaks in the middle: for the sender it is the same as a 503.
      const answered = await fetch(`${target ?? ''}${path}`, { method, headers, ...(body !== '' && { body }) })
        .then(async (from) => ({ status: from.status, headers: from.headers, answer: await from.text() }))
        .catch(() => ({ status: 503, headers: new Headers(), answer: '' }));
      const { status, answer } = answered;
      if (method !== 'GET') exchanges.push({ method, path, headers, body, status, answer });
      if (status < 300 && --awaited.left === 0) awaited.reached();
      for (const name of passedBack) {
        const value = answered.headers.get(name);
        if (value !== null) response.setHeader(name, value);
      }
      response.writeHead(status).end(answer);
    })();
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    forwardTo: (url) => (target = url),
    taken: () => {
      const before = exchanges;
      exchanges = [];
      return before;
    },
    acknowledged: (left) => new Promise((reached) => (awaited = { left, reached })),
    close: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}
