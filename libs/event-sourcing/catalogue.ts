import type { DomainEvent } from './event.js';

/**
 * What a field of an event may hold. Free text that a person wrote or that tells who somebody is must be `personal`:
 * a test walks the catalogue, and the adapter encrypts what is marked under the key of the subject contact.
 */
export type FieldKind =
  /** opaque id, made by us */
  | 'id'
  /** word from a closed list, alias, code, language tag */
  | 'code'
  /** text that an admin wrote about the configuration, never about a person */
  | 'label'
  /** name of a colleague (user of the product), never of a contact */
  | 'staff'
  /** masked form of a contact's name, which tells nobody who it was: may outlive the contact */
  | 'hint'
  /** secret of the configuration, sealed by the port Secrets */
  | 'sealed'
  /** HMAC under the store's key */
  | 'hash'
  /** RFC 3339 in UTC with milliseconds */
  | 'instant'
  | 'number'
  | 'boolean'
  /** any JSON */
  | 'json';

export interface Field<Subject extends string = string> {
  readonly kind: FieldKind | 'text';
  readonly list: boolean;
  readonly optional: boolean;
  /** Name of the field of the same event that holds the id of the contact whose key encrypts this one. */
  readonly subject?: Subject;
}

/**
 * Turns the data of one version into what a later version would have written: none, one or many events, each saying
 * which version of its type it is. Upcasting goes on from there.
 */
export type Upcaster = (
  data: Readonly<Record<string, unknown>>,
) => readonly { readonly type: string; readonly version: number; readonly data: Readonly<Record<string, unknown>> }[];

export interface EventDefinition<E extends DomainEvent = DomainEvent> {
  readonly type: E['type'];
  /** Version that is written today; starts at 1. */
  readonly version: number;
  readonly fields: Readonly<Record<string, Field>>;
  /** Upcasters by the version they read: `1` turns version 1 into version 2. */
  readonly upcasters: Readonly<Record<number, Upcaster>>;
  /** One sentence: what it means and who relies on it. Goes into docs/events.md. */
  readonly sentence: string;
}

type FieldsOf<Data> = { readonly [K in keyof Data]-?: Field<Extract<keyof Data, string>> };

/** Declares an event type of the catalogue. `fields` names each field of its data, so that none is forgotten. */
export function defineEvent<E extends DomainEvent>(definition: {
  type: E['type'];
  version: number;
  sentence: string;
  fields: FieldsOf<E['data']>;
  upcasters?: Readonly<Record<number, Upcaster>>;
}): EventDefinition<E> {
  return {
    ...definition,
    fields: definition.fields,
    upcasters: definition.upcasters ?? {},
  };
}

interface FieldOptions {
  readonly optional?: boolean;
  readonly list?: boolean;
}

/** A field without personal data. */
export function field(kind: FieldKind, options: FieldOptions = {}): Field<never> {
  return { kind, list: options.list ?? false, optional: options.optional ?? false };
}

/** A field that holds, or can hold, personal data of the contact whose id stands in the field `subject`. */
export function personal<Subject extends string>(
  subject: Subject,
  kind: 'text' | 'json' = 'text',
  options: FieldOptions = {},
): Field<Subject> {
  return { kind, list: options.list ?? false, optional: options.optional ?? false, subject };
}

export interface EventCatalogue {
  readonly definitions: ReadonlyMap<string, EventDefinition>;
  /** Stream categories (the part before the first `-`, or the whole name) that belong to the product. */
  readonly categories: ReadonlySet<string>;
}

/** Puts the contexts' definitions together. Throws when two define the same stored name. */
export function createCatalogue(
  contexts: readonly { categories: readonly string[]; definitions: readonly EventDefinition[] }[],
): EventCatalogue {
  const definitions = new Map<string, EventDefinition>();
  const categories = new Set<string>();
  for (const context of contexts) {
    for (const category of context.categories) categories.add(category);
    for (const definition of context.definitions) {
      if (definitions.has(definition.type)) throw new Error(`two definitions of event type ${definition.type}`);
      definitions.set(definition.type, definition);
    }
  }
  return { definitions, categories };
}

/** `conversation-123.4` is of category `conversation`; `deleted-contacts` and other single streams are their own. */
export function categoryOf(stream: string, categories: ReadonlySet<string>): string | undefined {
  if (categories.has(stream)) return stream;
  const category = stream.slice(0, stream.indexOf('-'));
  return categories.has(category) ? category : undefined;
}
