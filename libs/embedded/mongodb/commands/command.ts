import type { CursorRegistry } from '../cursors/registry.js';
import type { Storage } from '../storage/storage.js';
import type { Document } from '../values/index.js';
import type { FailPoints } from '../server/fail-points.js';
import type { Parameters } from '../server/parameters.js';
import type { Sessions } from '../server/sessions.js';

/** What commands know about the connection they came on. */
export interface Client {
  /** Number of the connection, as `hello` and `connectionStatus` tell it. */
  readonly id: number;
  readonly remoteAddress: string;
  /** The `client` document of the first hello; a second one is refused. */
  metadata: Document | undefined;
  /** Aborted when the connection closes: what is still waiting for it may stop. */
  readonly closed: AbortSignal;
}

/** One command as the client sent it. Documents of kind-1 sections stand in `sequences` under their field. */
export interface Request {
  readonly name: string;
  readonly body: Document;
  readonly database: string;
  readonly sequences: ReadonlyMap<string, readonly Document[]>;
  readonly client: Client;
  /** The moment, by `performance.now()`, after which the command stops with 50; Infinity without `maxTimeMS`. */
  readonly deadline: number;
}

/** What commands work on. */
export interface Server {
  readonly storage: Storage;
  readonly cursors: CursorRegistry;
  readonly sessions: Sessions;
  readonly failPoints: FailPoints;
  readonly parameters: Parameters;
  readonly host: string;
  readonly port: number;
  readonly startedAt: Date;
  /** Commands and messages served, and connections, since the start: what serverStatus shows. */
  readonly counters: { connections: number; connectionsCreated: number; operations: Map<string, number> };
}

/** Answers a command; throws MongoError for what the client did wrong. `ok` is added by `execute`. */
export type Command = (request: Request, server: Server) => Document | Promise<Document>;
