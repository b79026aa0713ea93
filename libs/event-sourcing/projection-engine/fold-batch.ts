import type { Position, RecordedEvent } from '../event.js';
import type { Documents, GuardedWrite, HeldDocument } from '../ports/documents.js';
import { noSide, sideBodies } from '../projection.js';
import type { AnyProjection, SeenSide } from '../projection.js';
import type { ErasedContacts } from './erased-contacts.js';
import { modelLeftovers, sideLeftovers } from './leftovers.js';
import { createOverlay } from './overlay.js';
import { sideName } from './progress.js';
import type { Written, WrittenIds } from './written-ids.js';

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
  /** Of a collection that this lane began, and nobody else writes to; `undefined`: anything may be there. */
  readonly written: Written | undefined;
}

interface Fan {
  readonly event: RecordedEvent;
  readonly id: string;
  readonly seen: SeenSide;
}

/**
 * What the events do to one model, with two queries (and one for each step from neighbour to neighbour among the side
 * documents, which few have): side documents depend on nothing but the events, so they are folded first, for the whole
 * batch; they tell, event by event, which documents of the model to load.
 */
export async function foldBatch(input: FoldInput): Promise<Folded> {
  const { documents, projection, collection, erased, written } = input;
  const events = input.events.filter(({ type }) => projection.eventTypes.has(type) || projection.sideTypes.has(type));
  const { fans, writes: side } = await fanOut(input, events);
  const overlay = createOverlay(
    await load(documents, collection, new Set(fans.map(({ id }) => id)), written?.model),
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
  { documents, projection, collection, checkpoint, erased, written }: FoldInput,
  events: readonly RecordedEvent[],
): Promise<{ fans: readonly Fan[]; writes: readonly GuardedWrite[] }> {
  if (!projection.hasSide) {
    const fans = events.flatMap((event) => fansOf(projection, event, noSide));
    return { fans, writes: [] };
  }
  const keyed = events.map((event) => ({ event, keys: attempt(event, () => projection.sideKeys(event)) }));
  const ids = new Set(keyed.flatMap(({ keys }) => [...keys.changed, ...keys.needed]));
  const leftovers = sideLeftovers(checkpoint);
  const neighbours = (held: HeldDocument): readonly string[] => {
    const body = leftovers.base(held)?.body;
    return body ? projection.sideNeighbours(body) : [];
  };
  const loadSide = (some: ReadonlySet<string>) => load(documents, sideName(collection), some, written?.side);
  const overlay = createOverlay(await loadAll(loadSide, ids, neighbours), leftovers, erased);
  const fans: Fan[] = [];
  const bodies = (ids: readonly string[]) => sideBodies(projection, ids, (id) => overlay.body(id));
  for (const { event, keys } of keyed) {
    const before = bodies([...keys.changed, ...keys.needed]);
    for (const id of new Set(keys.changed)) {
      attempt(event, () => {
        overlay.fold(id, event, {
          project: (document) => projection.projectSide(document, event, id, before),
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

async function load(
  documents: Documents,
  collection: string,
  ids: ReadonlySet<string>,
  written: WrittenIds | undefined,
): Promise<readonly HeldDocument[]> {
  const there = written ? [...ids].filter((id) => written.has(id)) : [...ids];
  return there.length === 0 ? [] : documents.load(collection, there);
}

/**
 * With their neighbours, and theirs: what the batch makes a neighbour of another one is named by the event that does.
 */
async function loadAll(
  load: (ids: ReadonlySet<string>) => Promise<readonly HeldDocument[]>,
  ids: ReadonlySet<string>,
  neighbours: (held: HeldDocument) => readonly string[],
): Promise<readonly HeldDocument[]> {
  const asked = new Set(ids);
  const loaded: HeldDocument[] = [];
  for (let next = ids; next.size > 0;) {
    const found = await load(next);
    loaded.push(...found);
    next = new Set(found.flatMap(neighbours).filter((id) => !asked.has(id)));
    for (const id of next) asked.add(id);
  }
  return loaded;
}

function attempt<T>(event: RecordedEvent, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw new StepFailed(event.position, error);
  }
}
