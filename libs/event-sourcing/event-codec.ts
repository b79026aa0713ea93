import { categoryOf } from './catalogue.js';
import type { EventCatalogue, EventDefinition } from './catalogue.js';
import { DamagedData, NewerWriter } from './errors.js';
import type { EventMetadata, RecordedEvent } from './event.js';
import { isEventMetadata } from './event-metadata.js';
import { misfit } from './field-values.js';
import { envelopeVersion, newestEnvelope, openEnvelope, sealEnvelope } from './personal-envelope.js';
import type { EventToAppend } from './ports/event-store.js';

type Values = Readonly<Record<string, unknown>>;

/** An event as the store keeps it: JSON values whose shape nobody has checked. */
export interface StoredEvent {
  readonly id: string;
  readonly stream: string;
  readonly revision: number;
  readonly position: number;
  readonly type: string;
  readonly data: unknown;
  readonly metadata: unknown;
  readonly created: string;
}

export interface EncodedEvent {
  readonly id: string;
  readonly type: string;
  readonly data: Values;
  readonly metadata: EventMetadata;
}

/** Between the events of the catalogue and the JSON in the store. Pure. */
export interface EventCodec {
  readonly catalogue: EventCatalogue;
  /** Throws `TypeError` when the event is not what the catalogue says: a mistake of the program, found before it is stored. */
  encode(event: EventToAppend): EncodedEvent;
  /**
   * The events that this one means today: none, one or many, all at its revision and position. None for a stream that
   * is not the product's. Throws `NewerWriter` and `DamagedData`.
   */
  decode(stored: StoredEvent): readonly RecordedEvent[];
}

/** Name of the field of the stored data that holds the envelopes; no field of an event can be called so. */
const envelopesField = '$personal';

/** Throws when a definition lacks an upcaster: events that were written once must be readable for ever. */
export function createEventCodec(catalogue: EventCatalogue): EventCodec {
  for (const definition of catalogue.definitions.values()) checkDefinition(definition);
  return {
    catalogue,
    encode(event) {
      const definition = catalogue.definitions.get(event.type);
      if (!definition) throw new TypeError(`event type ${event.type} is not in the catalogue`);
      if (event.metadata.schemaVersion !== definition.version) {
        throw new TypeError(`${event.type} is written as version ${definition.version}`);
      }
      const wrong = misfit(definition.fields, event.data as Values);
      if (wrong !== undefined) throw new TypeError(`${event.type}.${wrong} is not what the catalogue says`);
      return {
        id: event.id,
        type: event.type,
        data: sealPersonal(definition, event.data as Values),
        metadata: event.metadata,
      };
    },
    decode(stored) {
      if (stored.type.startsWith('$') || categoryOf(stored.stream, catalogue.categories) === undefined) return [];
      return decodeOwn(catalogue, stored);
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

/** Takes the personal fields out of the data and puts them, by subject, into envelopes. */
function sealPersonal(definition: EventDefinition, data: Values): Values {
  const plain: Record<string, unknown> = {};
  const bySubject = new Map<string, Record<string, unknown>>();
  for (const [name, value] of Object.entries(data)) {
    const subjectField = definition.fields[name]?.subject;
    if (value === undefined) continue;
    if (subjectField === undefined) {
      plain[name] = value;
      continue;
    }
    const subject = data[subjectField];
    if (typeof subject !== 'string') throw new TypeError(`${definition.type}.${name} is personal and has no subject`);
    const fields = bySubject.get(subject) ?? {};
    fields[name] = value;
    bySubject.set(subject, fields);
  }
  if (bySubject.size > 0)
    plain[envelopesField] = [...bySubject].map(([subject, fields]) => sealEnvelope(subject, fields));
  return plain;
}

function decodeOwn(catalogue: EventCatalogue, stored: StoredEvent): readonly RecordedEvent[] {
  const { metadata } = stored;
  if (!isEventMetadata(metadata)) throw new DamagedData(`${where(stored)}, metadata`);
  const definition = catalogue.definitions.get(stored.type);
  if (!definition || metadata.schemaVersion > definition.version) {
    throw new NewerWriter(stored.stream, stored.type, metadata.schemaVersion);
  }
  const written = { type: stored.type, version: metadata.schemaVersion, data: openPersonal(stored) };
  const current =
    metadata.schemaVersion === definition.version
      ? [{ definition, data: written.data }]
      : upcast(catalogue, stored, written);
  return current.map((event, index) => {
    const wrong = misfit(event.definition.fields, event.data);
    if (wrong !== undefined) throw new DamagedData(`${where(stored)}, field ${wrong}`);
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
    };
  });
}

function openPersonal(stored: StoredEvent): Values {
  if (!isValues(stored.data)) throw new DamagedData(`${where(stored)}, data`);
  // Most events hold nothing personal, and a rebuild decodes all of them: no copy for those.
  if (!(envelopesField in stored.data)) return stored.data;
  const { [envelopesField]: envelopes, ...data } = stored.data;
  if (!Array.isArray(envelopes)) throw new DamagedData(`${where(stored)}, personal data`);
  const merged: Record<string, unknown> = data;
  for (const envelope of envelopes) {
    const version = envelopeVersion(envelope);
    if (version !== undefined && version > newestEnvelope)
      throw new NewerWriter(stored.stream, 'personal data', version);
    const fields = version === undefined ? undefined : openEnvelope(envelope);
    if (!fields) throw new DamagedData(`${where(stored)}, personal data`);
    Object.assign(merged, fields);
  }
  return merged;
}

interface Versioned {
  readonly type: string;
  readonly version: number;
  readonly data: Values;
}

function upcast(
  catalogue: EventCatalogue,
  stored: StoredEvent,
  event: Versioned,
): { definition: EventDefinition; data: Values }[] {
  const definition = catalogue.definitions.get(event.type);
  if (!definition || event.version > definition.version) {
    throw new NewerWriter(stored.stream, event.type, event.version);
  }
  if (event.version === definition.version) return [{ definition, data: event.data }];
  const upcaster = definition.upcasters[event.version];
  if (!upcaster) throw new DamagedData(`${where(stored)}, version ${event.version}`);
  let next: readonly Versioned[];
  try {
    next = upcaster(event.data);
  } catch (cause) {
    // An upcaster meets data before any check; what it cannot read is not what its version wrote.
    throw new DamagedData(`${where(stored)}, version ${event.version}`, { cause });
  }
  return next.flatMap((step) => upcast(catalogue, stored, step));
}

function isValues(data: unknown): data is Values {
  return typeof data === 'object' && data !== null && !Array.isArray(data);
}

const where = (stored: StoredEvent): string => `${stored.stream}@${stored.revision} (${stored.type})`;
