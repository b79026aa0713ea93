import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { Health } from './health.js';
import type { Node } from './node.js';
import { methodsOf } from './protocol/methods.js';
import { beginLog } from './semantics/begin-log.js';
import { CommitQueue } from './semantics/commit-queue.js';
import { LiveFeed } from './semantics/live-feed.js';
import type { ScavengeResult } from './semantics/scavenger.js';
import { Scavenger } from './semantics/scavenger.js';
import { StreamStore } from './semantics/stream-store.js';
import { Turns } from './semantics/turns.js';
import { StatisticsCollector } from './statistics.js';
import { EventLog } from './storage/event-log.js';
import { lockDirectory } from './storage/lock.js';
import { Maintenance } from './threads/maintenance.js';
import { PageReaders } from './threads/page-readers.js';
import { httpEndpoints } from './transport/http-endpoints.js';
import { Listener } from './transport/listener.js';

const DEFAULT_PORT = 2113;
const DEFAULT_MAX_APPEND_SIZE = 1024 * 1024;

export interface EventStoreDBOptions {
  /** Made when it is not there. One server at a time. */
  readonly dataDir: string;
  /** 2113 unless told; 0 for any that is free. */
  readonly port?: number;
  /** 127.0.0.1 unless told: there is no authentication. */
  readonly host?: string;
  /** What gossip tells clients to connect to; the address they came by unless told. */
  readonly advertisedHost?: string;
  /** Bytes of one append, 1 MiB unless told. */
  readonly maxAppendSize?: number;
}

export interface RunningEventStoreDB {
  readonly port: number;
  /** For `EventStoreDBClient.connectionString`. */
  readonly url: string;
  /** Starts a scavenge, or joins the one that runs; resolves when the last byte is gone. */
  scavenge(): Promise<ScavengeResult>;
  /** Ends calls and connections, and resolves when everything is on disk and the directory is free again. */
  close(): Promise<void>;
}

/**
 * Starts a server in this process. Throws LockedDirectoryError when another works on the directory, DamagedStoreError
 * when its files contradict themselves.
 */
export async function startEventStoreDB(options: EventStoreDBOptions): Promise<RunningEventStoreDB> {
  const { dataDir, host = '127.0.0.1', port = DEFAULT_PORT } = options;
  mkdirSync(dataDir, { recursive: true });
  const closers = [lockDirectory(dataDir)] as (() => void | Promise<void>)[];
  const closeAll = async () => {
    for (let close = closers.pop(); close; close = closers.pop()) await close();
  };
  try {
    const log = new EventLog(dataDir);
    closers.push(() => {
      log.close();
    });
    const maintenance = new Maintenance(dataDir, () => {
      log.checkpoint();
    });
    closers.push(() => maintenance.close());
    const health = await Health.examine(dataDir, log.reader, maintenance);
    const store = new StreamStore(log);
    beginLog(store);
    const feed = new LiveFeed();
    const queue = new CommitQueue(store, feed, (error) => {
      health.notice(error);
    });
    const pages = new PageReaders(dataDir, log.reader);
    closers.push(() => pages.close());
    const node: Node = {
      store,
      queue,
      feed,
      pages,
      turns: new Turns(),
      noticeDamage: (error) => {
        health.notice(error);
      },
      scavenger: new Scavenger(store, () => maintenance.findScavengeable()),
      instanceId: randomUUID(),
      advertisedHost: options.advertisedHost,
      maxAppendSize: options.maxAppendSize ?? DEFAULT_MAX_APPEND_SIZE,
    };
    closers.push(async () => {
      await node.scavenger.stop('current');
    });
    const statistics = new StatisticsCollector();
    closers.push(() => {
      statistics.close();
    });
    const listener = await Listener.open({
      host,
      port,
      methods: methodsOf(node),
      http: httpEndpoints(statusOf(node, health, statistics)),
    });
    closers.push(async () => {
      await queue.flush();
      await listener.close();
    });
    return {
      port: listener.port,
      url: `esdb://${hostInUrl(host)}:${listener.port}?tls=false`,
      scavenge: () => node.scavenger.start().result,
      close: closeAll,
    };
  } catch (error) {
    await closeAll();
    throw error;
  }
}

function statusOf(
  { instanceId, advertisedHost, store, scavenger }: Node,
  health: Health,
  statistics: StatisticsCollector,
) {
  return {
    scavenge: () => scavenger.start().id,
    lastScavenge: () => scavenger.last,
    instanceId,
    isReady: () => health.isGood,
    statistics: (reset: boolean) => {
      const collected = statistics.collect(store.log);
      if (reset) statistics.reset();
      return collected;
    },
    endpoint: ({ socket }: { socket: { localAddress?: string; localPort?: number } }) => ({
      address: advertisedHost ?? socket.localAddress ?? '127.0.0.1',
      port: socket.localPort ?? 0,
    }),
  };
}

/** Listening on all addresses is no address to connect to. */
function hostInUrl(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}
