import type { EventDefinition, Field } from './catalogue.js';
import { DamagedData, NewerWriter } from './errors.js';
import { misfit, noNames } from './field-values.js';
import { envelopeVersion, isEnvelope, newestEnvelope, openEnvelope } from './personal-envelope.js';
import type { PersonalEnvelope } from './personal-envelope.js';
import type { HiddenBecause, SubjectKey } from './ports/key-ring.js';
import { placeInStore } from './stored-event.js';
import type { StoredEvent } from './stored-event.js';

type Values = Readonly<Record<string, unknown>>;
/** Of every subject that has a key, or had one. */
export type SubjectKeys = ReadonlyMap<string, SubjectKey | 'erased'>;

/** Name of the field of the stored data that holds the envelopes; no field of an event can be called so. */
export const envelopesField = '$personal';

/** Takes the personal fields out of the data, by the subject whose they are. Throws `TypeError` when there is none. */
export function setApart(
  { type, fields }: EventDefinition,
  values: Values,
): { readonly plain: Values; readonly personal: ReadonlyMap<string, Values> } {
  const plain: Record<string, unknown> = {};
  const personal = new Map<string, Record<string, unknown>>();
  for (const [name, value] of Object.entries(values)) {
    const subjectField = fields[name]?.subject;
    if (value === undefined) continue;
    if (subjectField === undefined) {
      plain[name] = value;
      continue;
    }
    const subject = values[subjectField];
    if (typeof subject !== 'string') throw new TypeError(`${type}.${name} is personal and has no subject`);
    const ofSubject = personal.get(subject) ?? {};
    ofSubject[name] = value;
    personal.set(subject, ofSubject);
  }
  return { plain, personal };
}

/** Data of an event as it is read. */
export interface OpenedData {
  readonly data: Values;
  /** Fields that are opened when they are read: until then nobody has looked at their values. */
  readonly sealed: ReadonlySet<string>;
  readonly hidden?: Readonly<Record<string, HiddenBecause>>;
}

/**
 * Puts the personal fields back among the others: those that somebody can open sealed until they are read (most readers
 * need none, and opening costs more than all the rest of decoding), the others as placeholders, and says which. Reading
 * a field throws `DamagedData` when its envelope does not open.
 */
export function openPersonal(
  definition: EventDefinition,
  keys: SubjectKeys,
  stored: StoredEvent,
  schemaVersion: number,
): OpenedData {
  if (!isValues(stored.data)) throw new DamagedData(`${placeInStore(stored)}, data`);
  // Most events hold nothing personal, and a rebuild decodes all of them: no copy for those.
  if (!(envelopesField in stored.data)) return { data: stored.data, sealed: noNames };
  const { [envelopesField]: envelopes, ...plain } = stored.data;
  const data: Record<string, unknown> = plain;
  if (!Array.isArray(envelopes)) throw new DamagedData(`${placeInStore(stored)}, personal data`);
  const sealed = new Set<string>();
  const hidden: Record<string, HiddenBecause> = {};
  for (const envelope of envelopes) {
    const version = envelopeVersion(envelope);
    if (version !== undefined && version > newestEnvelope)
      throw new NewerWriter(stored.stream, 'personal data', version);
    if (!isEnvelope(envelope)) throw new DamagedData(`${placeInStore(stored)}, personal data`);
    const key = keyOf(envelope, keys, stored);
    if (typeof key === 'object') {
      const { fields } = envelope;
      // What an older version wrote is checked when it has been brought up to today's.
      const expected = schemaVersion === definition.version ? definition.fields : undefined;
      openWhenRead(data, fields, () => open(envelope, key, expected, stored));
      for (const name of fields) sealed.add(name);
    } else {
      for (const name of envelope.fields) {
        hidden[name] = key;
        data[name] = placeholder(definition.fields[name]);
      }
    }
  }
  return { data, sealed, ...(Object.keys(hidden).length > 0 && { hidden }) };
}

function keyOf(envelope: PersonalEnvelope, keys: SubjectKeys, stored: StoredEvent): SubjectKey | HiddenBecause {
  const key = keys.get(envelope.key);
  if (key === undefined) throw new DamagedData(`${placeInStore(stored)}, key of the personal data`);
  if (key === 'erased') return key;
  return key.opens(stored.id) ? key : 'redacted';
}

/** The first of the fields that is read opens all of them. */
function openWhenRead(data: Record<string, unknown>, names: readonly string[], open: () => Values): void {
  for (const name of names) {
    Object.defineProperty(data, name, {
      enumerable: true,
      configurable: true,
      get: () => {
        const values = open();
        for (const each of names) Object.defineProperty(data, each, { enumerable: true, value: values[each] });
        return values[name];
      },
    });
  }
}

function open(
  envelope: PersonalEnvelope,
  key: SubjectKey,
  expected: EventDefinition['fields'] | undefined,
  stored: StoredEvent,
): Values {
  let values: Values;
  try {
    values = openEnvelope(envelope, key, { stream: stored.stream, type: stored.type, eventId: stored.id });
  } catch (cause) {
    throw new DamagedData(`${placeInStore(stored)}, personal data`, { cause });
  }
  const wrong = expected && misfit(pick(expected, envelope.fields), values);
  if (wrong !== undefined) throw new DamagedData(`${placeInStore(stored)}, field ${wrong}`);
  return values;
}

function pick(fields: EventDefinition['fields'], names: readonly string[]): EventDefinition['fields'] {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => names.includes(name)));
}

/** Empty, but of the field's kind: folds and projections meet it like any value, and `hidden` says what it is. */
function placeholder(field: Field | undefined): unknown {
  if (field?.list) return [];
  return field?.kind === 'json' ? null : '';
}

/** Subjects whose keys the data needs; what is no envelope is found when the event itself is decoded. */
export function envelopesIn(data: unknown): readonly PersonalEnvelope[] {
  if (!isValues(data)) return [];
  const { [envelopesField]: envelopes } = data;
  return Array.isArray(envelopes) ? envelopes.filter(isEnvelope) : [];
}

function isValues(data: unknown): data is Values {
  return typeof data === 'object' && data !== null && !Array.isArray(data);
}
