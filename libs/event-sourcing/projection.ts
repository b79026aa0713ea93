import type { DomainEvent, Recorded, RecordedEvent } from './event.js';

/** What a projection keeps. The engine adds `_id`, `_at` (position of the last event seen) and `_owners`. */
export type ProjectedDocument = object;

/** A step that answers `removed` takes the document out of the model. */
export const removed = Symbol('removed');

export interface IndexDeclaration {
  /** Field path to direction, in order; as the database takes it. */
  readonly key: Readonly<Record<string, 1 | -1>>;
  readonly unique?: boolean;
  readonly partial?: Readonly<Record<string, unknown>>;
}

/**
 * What one event type does to the model. Pure: no clock, no ids, no other model. `key`: the documents that the event
 * concerns (immutable ids), from the event and the side documents of the same event. `before`: the side documents that
 * the event changed or the steps need, as they were until then; one that was not there is missing. `project`: the
 * document after the event, from the one before (`undefined`: not there). The same reference, or nothing: nothing
 * changed. A step of a side document sees the others as they were before the event.
 */
export interface ProjectionStep<Doc extends ProjectedDocument, E extends DomainEvent, Side extends ProjectedDocument> {
  readonly key: (
    event: RecordedEvent<E>,
    side: SideDocuments<Side>,
    before: SideDocuments<Side>,
  ) => string | readonly string[];
  readonly project: (
    document: Doc | undefined,
    event: RecordedEvent<E>,
    context: { readonly id: string; readonly side: SideDocuments<Side>; readonly before: SideDocuments<Side> },
  ) => Doc | typeof removed | undefined;
}

/** The model's private copies of facts from other streams, after this event was folded into them. Keyed by their id. */
export type SideDocuments<Side extends ProjectedDocument> = ReadonlyMap<string, Side>;

export type ProjectionSteps<Doc extends ProjectedDocument, E extends DomainEvent, Side extends ProjectedDocument> = {
  readonly [Type in E['type']]?: ProjectionStep<Doc, Extract<E, { type: Type }>, Side>;
};

/**
 * A private copy of facts from other streams (name, VIP, the open conversation of a contact), folded from the same
 * events in the same order, before the model itself. All steps see the side documents that `load` names.
 */
export interface SideDefinition<Side extends ProjectedDocument, E extends DomainEvent> {
  readonly on: ProjectionSteps<Side, E, Side>;
  /** Side documents that the steps need for this event, besides those that the event itself changes. */
  readonly load: (event: Recorded<E>) => readonly string[];
  /** Side documents that whoever needs this one needs, too: those of a contact that was merged into this one, say. */
  readonly neighbours?: (document: Side) => readonly string[];
  readonly owners: (id: string, document: Side) => readonly string[];
}

/**
 * A read model, kept in the collection `name` (side documents in `<name>.side`).
 * The keys of `on` (and of `side.on`) are its subscription: an event type without a step does not concern it.
 */
export interface Projection<
  Doc extends ProjectedDocument = ProjectedDocument,
  E extends DomainEvent = DomainEvent,
  Side extends ProjectedDocument = ProjectedDocument,
> {
  readonly name: string;
  /** Changes with the document's shape: another number asks for a rebuild. */
  readonly schema: number;
  readonly indexes: readonly IndexDeclaration[];
  /** Contact ids whose erasure takes the document away. */
  readonly owners: (id: string, document: Doc) => readonly string[];
  readonly on: ProjectionSteps<Doc, E, Side>;
  readonly side?: SideDefinition<Side, E>;
}

/** The side documents of one event, after it and before it. */
export interface SeenSide {
  readonly side: SideDocuments<ProjectedDocument>;
  readonly before: SideDocuments<ProjectedDocument>;
}

/** A projection whose types are hidden, as the engine holds it. */
export interface AnyProjection {
  readonly name: string;
  readonly schema: number;
  readonly indexes: readonly IndexDeclaration[];
  readonly eventTypes: ReadonlySet<string>;
  readonly sideTypes: ReadonlySet<string>;
  readonly hasSide: boolean;
  owners(id: string, document: ProjectedDocument): readonly string[];
  sideOwners(id: string, document: ProjectedDocument): readonly string[];
  /** Ids of the side documents that the event changes or that the steps need. */
  sideKeys(event: RecordedEvent): { readonly changed: readonly string[]; readonly needed: readonly string[] };
  sideNeighbours(document: ProjectedDocument): readonly string[];
  projectSide(
    document: ProjectedDocument | undefined,
    event: RecordedEvent,
    id: string,
    before: SideDocuments<ProjectedDocument>,
  ): Outcome;
  keys(event: RecordedEvent, seen: SeenSide): readonly string[];
  project(document: ProjectedDocument | undefined, event: RecordedEvent, id: string, seen: SeenSide): Outcome;
}

export type Outcome = ProjectedDocument | typeof removed | undefined;

interface UntypedStep {
  key(
    event: RecordedEvent,
    side: SideDocuments<ProjectedDocument>,
    before: SideDocuments<ProjectedDocument>,
  ): string | readonly string[];
  project(document: ProjectedDocument | undefined, event: RecordedEvent, context: SeenSide & { id: string }): Outcome;
}

/** What a step sees where there are no side documents. */
export const noSide: SeenSide = { side: new Map(), before: new Map() };

/** Hides the types: the one place where a step meets an event of which only the name is known. */
export function defineProjection<
  Doc extends ProjectedDocument,
  E extends DomainEvent,
  Side extends ProjectedDocument = never,
>(projection: Projection<Doc, E, Side>): AnyProjection {
  const steps = untyped(projection.on);
  const side = projection.side as SideDefinition<ProjectedDocument, DomainEvent> | undefined;
  const sideSteps = untyped(side?.on ?? {});
  const ids = (key: string | readonly string[] | undefined): readonly string[] =>
    key === undefined ? [] : typeof key === 'string' ? [key] : key;
  return {
    name: projection.name,
    schema: projection.schema,
    indexes: projection.indexes,
    eventTypes: new Set(steps.keys()),
    sideTypes: new Set(sideSteps.keys()),
    hasSide: side !== undefined,
    owners: (id, document) => projection.owners(id, document as Doc),
    sideOwners: (id, document) => side?.owners(id, document) ?? [],
    sideKeys: (event) => ({
      changed: ids(sideSteps.get(event.type)?.key(event, noSide.side, noSide.before)),
      needed: side && steps.has(event.type) ? side.load(event) : [],
    }),
    sideNeighbours: (document) => side?.neighbours?.(document) ?? [],
    projectSide: (document, event, id, before) =>
      sideSteps.get(event.type)?.project(document, event, { id, side: noSide.side, before }),
    keys: (event, { side: after, before }) => ids(steps.get(event.type)?.key(event, after, before)),
    project: (document, event, id, seen) => steps.get(event.type)?.project(document, event, { id, ...seen }),
  };
}

/** By type of event. */
function untyped(steps: object): ReadonlyMap<string, UntypedStep> {
  return new Map<string, UntypedStep>(Object.entries(steps));
}

/** The bodies that there are of these side documents and their neighbours. */
export function sideBodies(
  projection: AnyProjection,
  ids: readonly string[],
  bodyOf: (id: string) => ProjectedDocument | undefined,
): ReadonlyMap<string, ProjectedDocument> {
  const found = new Map<string, ProjectedDocument>();
  const asked = new Set<string>(ids);
  for (const id of asked) {
    const body = bodyOf(id);
    if (!body) continue;
    found.set(id, body);
    for (const neighbour of projection.sideNeighbours(body)) asked.add(neighbour);
  }
  return found;
}
