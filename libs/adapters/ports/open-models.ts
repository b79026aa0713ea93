import { hostname } from 'node:os';
import { connectEventStoreDB, type ConnectedEventStore } from '#adapters/eventstoredb';
import { connectMongoDB, type MongoDB } from '#adapters/mongodb';
import { systemClock } from '#adapters/runtime';
import { createProjectionEngine, newestErasure, type KeyRing, type ProjectionEngine } from '#event-sourcing';
import { catalogue, erasure, projections } from '#product';

/** Where the stores are. */
export interface StoreAddresses {
  readonly eventStoreUrl: string;
  readonly mongoUrl: string;
}

export interface OpenedModels {
  readonly store: ConnectedEventStore;
  readonly mongo: MongoDB;
  readonly engine: ProjectionEngine;
  close(): Promise<void>;
}

export interface EngineReports {
  /** Something went wrong and is being tried again. */
  readonly stumbled: (fault: unknown) => void;
  /** The engine stopped for good. */
  readonly failed: (fault: Error) => void;
  /** Name of the process among those that could do the work; default: this process. */
  readonly holder: string;
}

const silent: EngineReports = {
  stumbled: () => undefined,
  failed: () => undefined,
  holder: `${hostname()}/${process.pid}`,
};

const databaseWithoutName = 'inbox';

/** Event log and read models with the engine between them, which only works once it is started. */
export function openModels(addresses: StoreAddresses, keys: KeyRing, reports: EngineReports = silent): OpenedModels {
  const store = connectEventStoreDB({ url: addresses.eventStoreUrl, catalogue, keys });
  const mongo = connectMongoDB({
    url: addresses.mongoUrl,
    database: databaseOf(addresses.mongoUrl) ?? databaseWithoutName,
    newestErasure: () => newestErasure(store, erasure),
  });
  const engine = createProjectionEngine({
    store,
    documents: mongo.documents,
    projections,
    clock: systemClock,
    erasure,
    ...reports,
  });
  return {
    store,
    mongo,
    engine,
    close: async () => {
      await engine.stop();
      await mongo.close();
      await store.close();
    },
  };
}

/** The database that a connection string names. Not a URL for `URL`: a replica set's has several hosts. */
function databaseOf(mongoUrl: string): string | undefined {
  return /^mongodb(?:\+srv)?:\/\/[^/]+\/([^?]+)/.exec(mongoUrl)?.[1];
}
