import { categoryOf } from './catalogue.js';
import type { EventCatalogue, EventDefinition } from './catalogue.js';
import { DamagedData, NewerWriter, StreamGone } from './errors.js';
import type { EventMetadata, RecordedEvent } from './event.js';
import { isEventMetadata } from './event-metadata.js';
import { misfit, noNames } from './field-values.js';
import { sealEnvelope } from './personal-envelope.js';
import { envelopesField, envelopesIn, openPersonal, setApart } from './personal-fields.js';
import type { SubjectKeys } from './personal-fields.js';
import type { EventToAppend } from './ports/event-store.js';
import type { KeyRing } from './ports/key-ring.js';
import { placeInStore } from './stored-event.js';
import type { StoredEvent } from './stored-event.js';

type Values = Readonly<Record<string, unknown>>;

export interface EncodedEvent {
  readonly id: string;
  readonly type: string;
  readonly data: Values;
  readonly metadata: EventMetadata;
}

/** Between the events of the catalogue and the JSON in the store. */
export interface EventCodec {
  readonly catalogue: EventCatalogue;
  /**
   * Throws `TypeError` when an event is not what the catalogue says: a mistake of the program, found before anything is
   * stored. Throws `StreamGone` when the personal data is of an erased contact, and the faults of the port `KeyRing`.
   */
  encode(stream: string, events: readonly EventToAppend[]): Promise<readonly EncodedEvent[]>;
  /**
   * Fetches the keys for these events, so that each can be decoded by itself. Throws the faults of the port `KeyRing`.
   */
  decoder(batch: readonly StoredEvent[]): Promise<Decode>;
}

/**
 * The events that this one means today: none, one or many, all at its revision and position. None for a stream that
 * is not the product's. Throws `NewerWriter` and `DamagedData`.
 */
export type Decode = (stored: StoredEvent) => readonly RecordedEvent[];

const noKeys: SubjectKeys = new Map();

/** Throws when a definition lacks an upcaster: events that were written once must be readable for ever. */
export function createEventCodec(catalogue: EventCatalogue, keys: KeyRing): EventCodec {
  for (const definition of catalogue.definitions.values()) checkDefinition(definition);
  const isOwn = ({ type, stream }: StoredEvent): boolean =>
    !type.startsWith('$') && categoryOf(stream, catalogue.categories) !== undefined;
  return {
    catalogue,
    async encode(stream, events) {
      const apart = events.map((event) => ({
        event,
        ...setApart(definitionOf(catalogue, event), event.data as Values),
      }));
      const subjects = new Set(apart.flatMap(({ personal }) => [...personal.keys()]));
      const subjectKeys = subjects.size === 0 ? noKeys : await keys.toSeal(subjects);
      return apart.map(({ event: { id, type, metadata }, plain, personal }) => {
        const place = { stream, type, eventId: id };
        const envelopes = [...personal].map(([subject, fields]) => {
          const key = subjectKeys.get(subject);
          // The tombstone of an erased contact's stream follows the end of its key; a writer meets either.
          if (key === undefined || key === 'erased') throw new StreamGone(stream);
          return sealEnvelope(subject, key, place, fields);
        });
        const data = envelopes.length === 0 ? plain : { ...plain, [envelopesField]: envelopes };
        return { id, type, data, metadata };
      });
    },
    async decoder(batch) {
      const subjects = new Set(batch.filter(isOwn).flatMap(({ data }) => envelopesIn(data).map(({ key }) => key)));
      const subjectKeys = subjects.size === 0 ? noKeys : await keys.toOpen(subjects);
      return (stored) => (isOwn(stored) ? decodeOwn(catalogue, subjectKeys, stored) : []);
    },
  };
}

function checkDefinition(definition: EventDefinition): void {
  for (let version = 1; version < definition.version; version++) {
    if (!definition.upcasters[version]) throw new Error(`${definition.type} has no upcaster for version ${version}`);
  }
  for (const [name, field] of Object.entries(definition.fields)) {
    if (name === envelopesField) throw new Error(`${definition.type} has a field with the reserved name ${name}`);
    if (field.subject !== undefined && definition.fields[field.subject]?.kind !== 'id') {
      throw new Error(`${definition.type}.${name} names a subject that is not an id`);
    }
  }
}

function definitionOf(catalogue: EventCatalogue, { type, metadata, data }: EventToAppend): EventDefinition {
  const definition = catalogue.definitions.get(type);
  if (!definition) throw new TypeError(`event type ${type} is not in the catalogue`);
  if (metadata.schemaVersion !== definition.version) {
    throw new TypeError(`${type} is written as version ${definition.version}`);
  }
  const wrong = misfit(definition.fields, data as Values);
  if (wrong !== undefined) throw new TypeError(`${type}.${wrong} is not what the catalogue says`);
  return definition;
}

function decodeOwn(catalogue: EventCatalogue, keys: SubjectKeys, stored: StoredEvent): readonly RecordedEvent[] {
  const { metadata } = stored;
  if (!isEventMetadata(metadata)) throw new DamagedData(`${placeInStore(stored)}, metadata`);
  const definition = catalogue.definitions.get(stored.type);
  if (!definition || metadata.schemaVersion > definition.version) {
    throw new NewerWriter(stored.stream, stored.type, metadata.schemaVersion);
  }
  const { data, sealed, hidden } = openPersonal(definition, keys, stored, metadata.schemaVersion);
  const written = { type: stored.type, version: metadata.schemaVersion, data };
  const current =
    metadata.schemaVersion === definition.version
      ? [{ definition, data, unread: sealed }]
      : upcast(catalogue, stored, written);
  return current.map((event, index) => {
    const wrong = misfit(event.definition.fields, event.data, event.unread);
    if (wrong !== undefined) throw new DamagedData(`${placeInStore(stored)}, field ${wrong}`);
    return {
      // The first keeps the id, so that the usual case of one event for one changes nothing for who remembers ids.
      id: index === 0 ? stored.id : `${stored.id}.${index}`,
      stream: stored.stream,
      revision: stored.revision,
      position: stored.position,
      type: event.definition.type,
      data: event.data,
      metadata,
      created: stored.created,
      ...(hidden && { hidden }),
    };
  });
}

interface Versioned {
  readonly type: string;
  readonly version: number;
  readonly data: Values;
}

/** An event as today's catalogue has it. */
interface Current {
  readonly definition: EventDefinition;
  readonly data: Values;
  /** Fields that are checked when they are opened. */
  readonly unread: ReadonlySet<string>;
}

function upcast(catalogue: EventCatalogue, stored: StoredEvent, event: Versioned): Current[] {
  const definition = catalogue.definitions.get(event.type);
  if (!definition || event.version > definition.version) {
    throw new NewerWriter(stored.stream, event.type, event.version);
  }
  if (event.version === definition.version) return [{ definition, data: event.data, unread: noNames }];
  const upcaster = definition.upcasters[event.version];
  if (!upcaster) throw new DamagedData(`${placeInStore(stored)}, version ${event.version}`);
  let next: readonly Versioned[];
  try {
    next = upcaster(event.data);
  } catch (cause) {
    // An upcaster meets data before any check; what it cannot read is not what its version wrote.
    throw new DamagedData(`${placeInStore(stored)}, version ${event.version}`, { cause });
  }
  return next.flatMap((step) => upcast(catalogue, stored, step));
}
