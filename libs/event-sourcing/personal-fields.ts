import type { EventDefinition, Field } from './catalogue.js';
import { DamagedData, NewerWriter } from './errors.js';
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

/** Puts the personal fields back among the others; those that nobody can open as placeholders, and says which. */
export function openPersonal(
  { fields }: EventDefinition,
  keys: SubjectKeys,
  stored: StoredEvent,
): { readonly data: Values; readonly hidden?: Readonly<Record<string, HiddenBecause>> } {
  if (!isValues(stored.data)) throw new DamagedData(`${placeInStore(stored)}, data`);
  // Most events hold nothing personal, and a rebuild decodes all of them: no copy for those.
  if (!(envelopesField in stored.data)) return { data: stored.data };
  const { [envelopesField]: envelopes, ...data } = stored.data;
  if (!Array.isArray(envelopes)) throw new DamagedData(`${placeInStore(stored)}, personal data`);
  const merged: Record<string, unknown> = data;
  const hidden: Record<string, HiddenBecause> = {};
  for (const envelope of envelopes) {
    const version = envelopeVersion(envelope);
    if (version !== undefined && version > newestEnvelope)
      throw new NewerWriter(stored.stream, 'personal data', version);
    if (!isEnvelope(envelope)) throw new DamagedData(`${placeInStore(stored)}, personal data`);
    const opened = open(envelope, keys, stored);
    if (typeof opened === 'object') Object.assign(merged, opened);
    else {
      for (const name of envelope.fields) {
        hidden[name] = opened;
        merged[name] = placeholder(fields[name]);
      }
    }
  }
  return { data: merged, ...(Object.keys(hidden).length > 0 && { hidden }) };
}

function open(envelope: PersonalEnvelope, keys: SubjectKeys, stored: StoredEvent): Values | HiddenBecause {
  const key = keys.get(envelope.key);
  if (key === 'erased') return 'erased';
  if (key === undefined) throw new DamagedData(`${placeInStore(stored)}, key of the personal data`);
  try {
    const place = { stream: stored.stream, type: stored.type, eventId: stored.id };
    return openEnvelope(envelope, key, place) ?? 'redacted';
  } catch (cause) {
    throw new DamagedData(`${placeInStore(stored)}, personal data`, { cause });
  }
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
