import { Agent, request } from 'node:http';

export interface Sent {
  readonly status: number;
  readonly body: string;
}

/** An HTTP client without ceremony: what the driver costs is taken from what is measured. */
export function createSender(
  url: string,
  token: string,
  connections: number,
): {
  send(method: string, path: string, body?: object): Promise<Sent>;
  close(): void;
} {
  const { hostname, port } = new URL(url);
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  return {
    send: (method, path, body) =>
      new Promise((resolve, reject) => {
        const text = body === undefined ? undefined : Buffer.from(JSON.stringify(body));
        const headers = {
          authorization: `Bearer ${token}`,
          ...(text && { 'content-type': 'application/json', 'content-length': text.length }),
        };
        const sent = request({ agent, hostname, port, method, path, headers }, (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('end', () => {
            resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') });
          });
        });
        sent.on('error', reject);
        sent.end(text);
      }),
    close: () => {
      agent.destroy();
    },
  };
}
