import { ForeignStore } from '../errors.js';
import type { Clock } from '../ports/clock.js';
import type { Documents, Lease } from '../ports/documents.js';
import type { EventStore } from '../ports/event-store.js';
import type { AnyProjection } from '../projection.js';
import { aborted } from './aborted.js';
import { readErasedContacts } from './erased-contacts.js';
import type { ErasureEvent } from './erased-contacts.js';
import { measureLag } from './lag.js';
import type { ModelLag } from './lag.js';
import { lead } from './leader.js';
import { holdLease } from './lease-holder.js';
import { leaseName } from './progress.js';
import { awaitRebuild, requestRebuild } from './rebuild-jobs.js';
import type { RebuildProgress } from './rebuild-jobs.js';

export interface ProjectionEngineOptions {
  readonly store: EventStore;
  readonly documents: Documents;
  readonly projections: readonly AnyProjection[];
  readonly clock: Clock;
  readonly erasure: ErasureEvent;
  /** Name of this process among those that could do the work; another one each time a process starts. */
  readonly holder: string;
  /** After so long without a sign of life another process takes over. Milliseconds. */
  readonly leaseMilliseconds?: number;
  /** Largest number of events folded between two checkpoints. */
  readonly batchSize?: number;
  /** Something went wrong and is being tried again: for the log. */
  readonly stumbled: (fault: unknown) => void;
  /** The engine stopped for good (`ForeignStore`): somebody has to decide. */
  readonly failed: (fault: Error) => void;
}

/** Keeps the read models up to date. Of all engines on one database, one works; the others wait to take over. */
export interface ProjectionEngine {
  /** Resolves once it has asked for the lease: then it works, or waits its turn. */
  start(): Promise<void>;
  /** Ends after the batch in hand, and lets another engine take over at once. */
  stop(): Promise<void>;
  /** Per model: where it stands, how far behind, and why it stands still if it does. From the databases, whoever works. */
  lag(): Promise<readonly ModelLag[]>;
  /** Builds the models from nothing beside the live ones, in one pass, and switches. Goes on where a killed one was. */
  rebuild(models: readonly string[], onProgress: (progress: RebuildProgress) => void): Promise<void>;
}

const defaultLease = 10_000;
const defaultBatch = 1_000;

export function createProjectionEngine(options: ProjectionEngineOptions): ProjectionEngine {
  const { store, documents, projections, clock, holder, stumbled, failed } = options;
  const leaseMilliseconds = options.leaseMilliseconds ?? defaultLease;
  const stopping = new AbortController();
  let working: Promise<void> = Promise.resolve();

  /** A database that is away is waited for like a lease that somebody has. */
  async function acquire(): Promise<Lease | undefined> {
    return documents.acquireLease(leaseName, holder, leaseMilliseconds).catch((error: unknown) => {
      stumbled(error);
      return undefined;
    });
  }

  async function workWith(lease: Lease): Promise<void> {
    const leading = new AbortController();
    const signal = AbortSignal.any([stopping.signal, leading.signal]);
    const held = holdLease(documents, clock, lease, leaseMilliseconds, leading, signal);
    try {
      const erased = await readErasedContacts(store, options.erasure);
      const tools = { store, documents, clock, erased, batchSize: options.batchSize ?? defaultBatch };
      await lead({ tools, projections, lease, leaseMilliseconds, stumbled }, signal);
    } finally {
      leading.abort();
      await held;
      await documents.releaseLease(lease).catch(stumbled);
    }
  }

  async function campaign(first: Lease | undefined): Promise<void> {
    let lease = first;
    while (!stopping.signal.aborted) {
      try {
        if (lease) await workWith(lease);
      } catch (error) {
        if (error instanceof ForeignStore) {
          failed(error);
          return;
        }
        stumbled(error);
      }
      await clock.sleep(leaseMilliseconds / 4, stopping.signal);
      lease = aborted(stopping.signal) ? undefined : await acquire();
    }
  }

  return {
    async start() {
      working = campaign(await acquire());
    },
    async stop() {
      stopping.abort();
      await working;
    },
    lag: () => measureLag(store, documents, projections, clock),
    async rebuild(models, onProgress) {
      const unknown = models.filter((name) => !projections.some((projection) => projection.name === name));
      if (unknown.length > 0) throw new Error(`no such model: ${unknown.join(', ')}`);
      await awaitRebuild(documents, clock, await requestRebuild(documents, models), onProgress, stopping.signal);
    },
  };
}
