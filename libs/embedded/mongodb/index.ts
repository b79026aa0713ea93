import { createServer } from 'node:net';
import type { Socket } from 'node:net';
import { hostname } from 'node:os';
import type { Server as State } from './commands/command.js';
import { CursorRegistry } from './cursors/registry.js';
import { serveConnection } from './server/connection.js';
import { startExpiry } from './server/expiry.js';
import { FailPoints } from './server/fail-points.js';
import { defaultParameters } from './server/parameters.js';
import { Sessions } from './server/sessions.js';
import { Storage } from './storage/storage.js';

export { DataDirectoryLocked } from './storage/lock.js';
export { UnknownFormat } from './storage/database-file.js';

/** Where the server keeps its data and listens. */
export interface MongoDBOptions {
  /** Made if it is not there; one server at a time may use it. */
  readonly dataDir: string;
  /** 0 (the default) takes a free one. */
  readonly port?: number;
  /** 127.0.0.1 unless told otherwise: there is no authentication. */
  readonly host?: string;
}

/** A running server. */
export interface MongoDBServer {
  readonly port: number;
  /** Connection string for drivers. */
  readonly url: string;
  /** Ends the connections, finishes what is written, closes the files. */
  close(): Promise<void>;
}

/**
 * Starts an embedded MongoDB. Throws DataDirectoryLocked when another one uses the directory, UnknownFormat when a file
 * there is of a format this version does not know, and what the network says when the port is taken.
 */
export async function startMongoDB(options: MongoDBOptions): Promise<MongoDBServer> {
  const host = options.host ?? '127.0.0.1';
  const storage = new Storage(options.dataDir);
  const sockets = new Set<Socket>();
  const listener = createServer();
  try {
    await listen(listener, options.port ?? 0, host);
  } catch (error) {
    storage.close();
    throw error;
  }
  const address = listener.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const sessions = new Sessions();
  const state: State = {
    storage,
    sessions,
    cursors: new CursorRegistry(sessions),
    failPoints: new FailPoints(),
    parameters: defaultParameters(),
    host: hostname(),
    port,
    startedAt: new Date(),
    counters: { connections: 0, connectionsCreated: 0, operations: new Map() },
  };
  listener.on('connection', (socket) => {
    sockets.add(socket);
    state.counters.connections++;
    void serveConnection(socket, ++state.counters.connectionsCreated, state).then(() => {
      sockets.delete(socket);
      state.counters.connections--;
    });
  });
  const stopExpiry = startExpiry(storage, state.parameters);
  return {
    port,
    url: `mongodb://${host}:${port}/?directConnection=true`,
    close: async () => {
      const closed = new Promise<void>((resolve) =>
        listener.close(() => {
          resolve();
        }),
      );
      for (const socket of sockets) socket.destroy();
      await closed;
      stopExpiry();
      state.cursors.stop();
      await storage.settle();
      storage.close();
    },
  };
}

function listen(listener: ReturnType<typeof createServer>, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    listener.once('error', reject);
    listener.listen(port, host, () => {
      listener.removeListener('error', reject);
      resolve();
    });
  });
}
