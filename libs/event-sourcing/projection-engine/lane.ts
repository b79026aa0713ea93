import { ForeignStore } from '../errors.js';
import type { Position, RecordedEvent } from '../event.js';
import { storeStream } from '../kernel-events.js';
import type { Clock } from '../ports/clock.js';
import type { Documents } from '../ports/documents.js';
import type { EventStore } from '../ports/event-store.js';
import type { AnyProjection } from '../projection.js';
import { aborted } from './aborted.js';
import { applyBatch } from './apply-batch.js';
import { cutBatches } from './batches.js';
import { finish } from './slow-models.js';
import type { ErasedContacts } from './erased-contacts.js';
import { verifyHistory } from './history.js';
import { persistently } from './persistence.js';
import { LeaseLost } from './progress-keeper.js';
import { sideName } from './progress.js';
import type { Checkpoint, Poison } from './progress.js';
import { readAhead } from './read-ahead.js';
import type { Written } from './written-ids.js';

/** What every lane works with. */
export interface LaneTools {
  readonly store: EventStore;
  readonly documents: Documents;
  readonly clock: Clock;
  readonly erased: ErasedContacts;
  /** Largest number of events folded between two checkpoints. */
  readonly batchSize: number;
  /** Number of events that may wait for one slow model before it gets off the shared lane. */
  readonly mostBehind: number;
}

/** A model on a lane. */
export interface Rider {
  readonly projection: AnyProjection;
  readonly collection: string;
  /** It has taken in everything up to here already, and skips it. */
  readonly ahead: Position;
  /** Where the lane began the collection itself: what it has written there. */
  readonly written?: Written | undefined;
}

/** Models that did not come along with a batch. */
export interface GotOff {
  readonly poisoned: ReadonlyMap<string, Poison>;
  readonly slow: ReadonlySet<string>;
}

/** What a lane is for: who rides, where it stands, and what becomes of both. */
export interface LaneOwner {
  /** Runs a batch while nothing else changes riders or checkpoints that the owner guards. */
  exclusively<T>(work: () => Promise<T>): Promise<T>;
  readonly checkpoint: Checkpoint;
  readonly riders: readonly Rider[];
  /** Whether a model that keeps the others waiting for too long gets off. */
  readonly leavesSlowOnes: boolean;
  /** Durable when it resolves. The poisoned and the slow are off the lane from here on. */
  advance(reached: Checkpoint, events: number, off: GotOff): Promise<void>;
  /** Called after what the subscription gave was taken in; true ends the lane. */
  rest(caughtUp: boolean): Promise<boolean>;
  /** The lane cannot go on for now; it tries again. */
  readonly stumbled: (fault: unknown) => void;
}

const pauseAfterFault = 500;
const nobody: GotOff = { poisoned: new Map(), slow: new Set() };

/**
 * Follows the log and takes batch after batch into the owner's models, until `signal` aborts or the owner ends it.
 * Throws `ForeignStore`, `LeaseLost`.
 */
export async function runLane(tools: LaneTools, owner: LaneOwner, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      await verifyHistory(tools.store, owner.checkpoint);
      const { position } = owner.checkpoint;
      for await (const batch of readAhead(tools.store, position === 0 ? 'start' : position, signal)) {
        await takeIn(tools, owner, batch, signal);
        if (aborted(signal) || (await owner.rest(batch.caughtUp))) return;
      }
    } catch (error) {
      if (error instanceof ForeignStore || error instanceof LeaseLost) throw error;
      if (aborted(signal)) return;
      owner.stumbled(error);
      await tools.clock.sleep(pauseAfterFault, signal);
    }
  }
}

/** Takes in what the log holds up to `checkpoint`, batch by batch, each with a checkpoint of its own. */
export async function takeIn(
  tools: LaneTools,
  owner: LaneOwner,
  { events, checkpoint }: { readonly events: readonly RecordedEvent[]; readonly checkpoint: Position },
  signal: AbortSignal,
): Promise<void> {
  const batches = cutBatches(events, tools.batchSize, (event) => tools.erased.isErasure(event));
  for (const [index, batch] of batches.entries()) {
    const position = index === batches.length - 1 ? checkpoint : (batch.at(-1)?.position ?? checkpoint);
    await owner.exclusively(() => persistently(tools.clock, signal, () => takeInBatch(tools, owner, batch, position)));
  }
  if (checkpoint <= owner.checkpoint.position) return;
  const reached = { position: checkpoint, event: owner.checkpoint.event };
  await owner.exclusively(() => persistently(tools.clock, signal, () => owner.advance(reached, 0, nobody)));
}

async function takeInBatch(
  tools: LaneTools,
  owner: LaneOwner,
  events: readonly RecordedEvent[],
  position: Position,
): Promise<void> {
  const last = events.at(-1);
  if (last === undefined || last.position <= owner.checkpoint.position) return;
  const riders = owner.riders.filter(({ ahead }) => ahead < last.position);
  await purge(tools, riders, events);
  const poisoned = new Map<string, Poison>();
  const apply = async ({ projection, collection, ahead, written }: Rider): Promise<void> => {
    const checkpoint = Math.max(ahead, owner.checkpoint.position);
    const fresh = events.filter(({ position }) => position > checkpoint);
    const { documents, erased } = tools;
    const poison = await applyBatch({ documents, projection, collection, events: fresh, checkpoint, erased, written });
    if (poison) poisoned.set(projection.name, poison);
  };
  const applying = new Map(riders.map((rider) => [rider.projection.name, apply(rider)]));
  const slow = await finish(applying, tools, owner, last.position);
  const beginning = events.find(({ stream }) => stream === storeStream)?.position ?? owner.checkpoint.event?.beginning;
  const reached = { position, event: { position: last.position, id: last.id, beginning: beginning ?? null } };
  await owner.advance(reached, events.length, { poisoned, slow });
}

/** An erasure takes everything of its contacts away before its own event is folded: a crash in between does no harm. */
async function purge({ documents, erased }: LaneTools, riders: readonly Rider[], events: readonly RecordedEvent[]) {
  for (const event of events.filter((event) => erased.isErasure(event))) {
    const contacts = erased.add(event);
    await Promise.all(
      riders.flatMap(({ projection, collection }) => [
        documents.purge(collection, contacts, event.position),
        ...(projection.hasSide ? [documents.purge(sideName(collection), contacts, event.position)] : []),
      ]),
    );
  }
}
