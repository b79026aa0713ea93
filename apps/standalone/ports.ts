import { once } from 'node:events';
import { createServer } from 'node:net';

/** The wanted port if nobody listens there, else 0: any free one. */
export async function freeOr(port: number, host: string): Promise<number> {
  const probe = createServer();
  try {
    probe.listen(port, host);
    await once(probe, 'listening');
    return port;
  } catch {
    return 0;
  } finally {
    probe.close();
  }
}
