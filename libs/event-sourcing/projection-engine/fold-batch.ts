import type { Position, RecordedEvent } from '../event.js';
import type { Documents, GuardedWrite } from '../ports/documents.js';
import { noSide } from '../projection.js';
import type { AnyProjection, ProjectedDocument, SeenSide } from '../projection.js';
import type { ErasedContacts } from './erased-contacts.js';
import { modelLeftovers, sideLeftovers } from './leftovers.js';
import { createOverlay } from './overlay.js';
import { sideName } from './progress.js';

/** A step threw: the projection cannot take this event. */
export class StepFailed extends Error {
  constructor(
    readonly position: Position,
    cause: unknown,
  ) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

export interface Folded {
  readonly side: readonly GuardedWrite[];
  readonly model: readonly GuardedWrite[];
}

export interface FoldInput {
  readonly documents: Documents;
  readonly projection: AnyProjection;
  /** The collection: the live one, or a generation that is being built. */
  readonly collection: string;
  /** In order; all after `checkpoint`. */
  readonly events: readonly RecordedEvent[];
  readonly checkpoint: Position;
  readonly erased: ErasedContacts;
}

interface Fan {
  readonly event: RecordedEvent;
  readonly id: string;
  readonly seen: SeenSide;
}

/**
 * What the events do to one model, with two queries at most: side documents depend on nothing but the events, so they
 * are folded first, for the whole batch; they tell, event by event, which documents of the model to load.
 */
export async function foldBatch(input: FoldInput): Promise<Folded> {
  const { documents, projection, collection, erased } = input;
  const events = input.events.filter(({ type }) => projection.eventTypes.has(type) || projection.sideTypes.has(type));
  const { fans, writes: side } = await fanOut(input, events);
  const overlay = createOverlay(
    await load(documents, collection, new Set(fans.map(({ id }) => id))),
    modelLeftovers,
    erased,
  );
  for (const { event, id, seen } of fans) {
    attempt(event, () => {
      overlay.fold(id, event, {
        project: (document) => projection.project(document, event, id, seen),
        owners: (document) => projection.owners(id, document),
      });
    });
  }
  return { side, model: overlay.writes() };
}

async function fanOut(
  { documents, projection, collection, checkpoint, erased }: FoldInput,
  events: readonly RecordedEvent[],
): Promise<{ fans: readonly Fan[]; writes: readonly GuardedWrite[] }> {
  if (!projection.hasSide) {
    const fans = events.flatMap((event) => fansOf(projection, event, noSide));
    return { fans, writes: [] };
  }
  const keyed = events.map((event) => ({ event, keys: attempt(event, () => projection.sideKeys(event)) }));
  const ids = new Set(keyed.flatMap(({ keys }) => [...keys.changed, ...keys.needed]));
  const overlay = createOverlay(await load(documents, sideName(collection), ids), sideLeftovers(checkpoint), erased);
  const fans: Fan[] = [];
  const bodies = (ids: readonly string[]): Map<string, ProjectedDocument> => {
    const found = new Map<string, ProjectedDocument>();
    for (const id of ids) {
      const body = overlay.body(id);
      if (body) found.set(id, body);
    }
    return found;
  };
  for (const { event, keys } of keyed) {
    const before = bodies(keys.changed);
    for (const id of new Set(keys.changed)) {
      attempt(event, () => {
        overlay.fold(id, event, {
          project: (document) => projection.projectSide(document, event, id),
          owners: (document) => projection.sideOwners(id, document),
        });
      });
    }
    fans.push(...fansOf(projection, event, { side: bodies([...keys.changed, ...keys.needed]), before }));
  }
  return { fans, writes: overlay.writes() };
}

function fansOf(projection: AnyProjection, event: RecordedEvent, seen: SeenSide): readonly Fan[] {
  if (!projection.eventTypes.has(event.type)) return [];
  const ids = attempt(event, () => projection.keys(event, seen));
  return [...new Set(ids)].map((id) => ({ event, id, seen }));
}

async function load(documents: Documents, collection: string, ids: ReadonlySet<string>) {
  return ids.size === 0 ? [] : documents.load(collection, [...ids]);
}

function attempt<T>(event: RecordedEvent, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw new StepFailed(event.position, error);
  }
}
