import { ForeignStore } from '../errors.js';
import { createCampaign } from '../lease-campaign.js';
import type { Clock } from '../ports/clock.js';
import type { Documents } from '../ports/documents.js';
import type { EventStore } from '../ports/event-store.js';
import type { AnyProjection } from '../projection.js';
import { readErasedContacts } from './erased-contacts.js';
import type { ErasureEvent } from './erased-contacts.js';
import { measureLag } from './lag.js';
import type { ModelLag } from './lag.js';
import { lead } from './leader.js';
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
  /** A model that keeps the others waiting while so many events wait goes on by itself until it has caught up. */
  readonly mostBehind?: number;
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
  /**
   * Per model: where it stands, how far behind, and why it stands still if it does. From the databases, whoever works.
   */
  lag(): Promise<readonly ModelLag[]>;
  /** Builds the models from nothing beside the live ones, in one pass, and switches. Goes on where a killed one was. */
  rebuild(models: readonly string[], onProgress: (progress: RebuildProgress) => void): Promise<void>;
}

const defaultLease = 10_000;
const defaultBatch = 1_000;
const defaultMostBehind = 5_000;

export function createProjectionEngine(options: ProjectionEngineOptions): ProjectionEngine {
  const { store, documents, projections, clock, holder, stumbled, failed } = options;
  const leaseMilliseconds = options.leaseMilliseconds ?? defaultLease;
  const rebuilding = new AbortController();
  const lease = { documents, clock, lease: leaseName, holder, leaseMilliseconds, stumbled };
  const campaign = createCampaign(lease, async (held, signal) => {
    try {
      const erased = await readErasedContacts(store, options.erasure);
      const { batchSize = defaultBatch, mostBehind = defaultMostBehind } = options;
      const tools = { store, documents, clock, erased, batchSize, mostBehind };
      await lead({ tools, projections, lease: held, leaseMilliseconds, stumbled }, signal);
    } catch (error) {
      if (!(error instanceof ForeignStore)) throw error;
      failed(error);
      return 'over';
    }
    return undefined;
  });

  return {
    start: () => campaign.start(),
    async stop() {
      rebuilding.abort();
      await campaign.stop();
    },
    lag: () => measureLag(store, documents, projections, clock),
    async rebuild(models, onProgress) {
      const unknown = models.filter((name) => !projections.some((projection) => projection.name === name));
      if (unknown.length > 0) throw new Error(`no such model: ${unknown.join(', ')}`);
      await awaitRebuild(
        documents,
        clock,
        await requestRebuild({ documents, clock }, models),
        onProgress,
        rebuilding.signal,
      );
    },
  };
}
