import { createIds, createSecrets, createSigner, sha256, systemClock } from '#adapters/runtime';
import {
  checkStoreIdentity,
  createCommandRunner,
  createLiveViews,
  createRebuilds,
  type Clock,
  type CommandRunner,
  type EventStore,
  type Heartbeats,
  type Ids,
  type KeyRing,
  type LiveViews,
  type ReadModels,
  type Rebuilds,
  type Secrets,
  type Signer,
} from '#event-sourcing';
import { forgetErased, reconcileErasures } from '#deletion-audit/contact-erasure';
import { reconcileRedactions } from '#deletion-audit/redactions-view';
import { catalogue, liveViews } from '#product';
import { openKeys, type KeyAddresses } from './open-keys.js';
import { openModels, type EngineReports, type OpenedModels, type StoreAddresses } from './open-models.js';

/** Every port of a process, made real, by the names of the injection tokens. */
export interface OpenedPorts {
  readonly ports: {
    readonly CommandRunner: CommandRunner;
    readonly EventStore: EventStore;
    readonly LiveViews: LiveViews;
    readonly ReadModels: ReadModels;
    readonly Ids: Ids;
    readonly Clock: Clock;
    readonly Secrets: Secrets;
    readonly Heartbeats: Heartbeats;
    readonly KeyRing: KeyRing;
    readonly Signer: Signer;
    readonly Rebuilds: Rebuilds;
  };
  readonly models: OpenedModels;
  /** Tells this event store from every other. */
  readonly storeEpoch: string;
  close(): Promise<void>;
}

/**
 * Connects the stores and opens the key store; the key is made with the event store and checked against it.
 * Throws `ForeignStore` when the two do not belong together, `StoreUnavailable` when the event store does not answer.
 */
export async function openPorts(
  addresses: StoreAddresses & KeyAddresses,
  reports?: EngineReports,
): Promise<OpenedPorts> {
  const keys = await openKeys(addresses);
  const storeKey = await keys.store.storeKey();
  const ids = createIds(storeKey);
  const models = openModels(addresses, keys.ring, reports);
  const { store } = models;
  const storeEpoch = await checkStoreIdentity(store, ids, systemClock);
  const runner = createCommandRunner({ store, catalogue, ids, clock: systemClock });
  await reconcileErasures({ store, runner, keys: keys.ring, ids, clock: systemClock, sha256 });
  const closing = new AbortController();
  const { readModels } = models.mongo;
  const redacted = { store, models: readModels, keys: keys.ring, clock: systemClock };
  const reconciling = await reconcileRedactions(redacted, closing.signal);
  const forgetting = forgetErased({ store, runner, clock: systemClock }, closing.signal);
  const views = createLiveViews(store, liveViews, systemClock, reports?.stumbled);
  await views.start();
  return {
    ports: {
      CommandRunner: runner,
      EventStore: store,
      LiveViews: views,
      ReadModels: readModels,
      Ids: ids,
      Clock: systemClock,
      Secrets: createSecrets(storeKey),
      Heartbeats: models.mongo.heartbeats,
      KeyRing: keys.ring,
      Signer: createSigner(await keys.store.signingSeed()),
      Rebuilds: createRebuilds({ documents: models.mongo.documents, clock: systemClock }),
    },
    models,
    storeEpoch,
    close: async () => {
      closing.abort();
      await views.close();
      await forgetting;
      await reconciling.finished;
      await models.close();
      await keys.close();
    },
  };
}
