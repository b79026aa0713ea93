import {
  createCatalogue,
  defineEvent,
  defineProjection,
  field,
  kernelEvents,
  personal,
  removed,
} from '#event-sourcing';
import type { DomainEvent, EventStore, EventToAppend } from '#event-sourcing';

type ContactNamed = DomainEvent<'ContactNamed', { contact: string; name: string }>;
type TalkBegan = DomainEvent<'TalkBegan', { contact: string; talk: string }>;
type LineSaid = DomainEvent<'LineSaid', { contact: string; talk: string; line: string }>;
type TalkEnded = DomainEvent<'TalkEnded', { contact: string; talk: string }>;
type ContactsErased = DomainEvent<'ContactsErased', { contacts: readonly string[] }>;
export type InboxEvent = ContactNamed | TalkBegan | LineSaid | TalkEnded | ContactsErased;

const id = field('id');

/** A small inbox: enough for side documents, fan-outs that move, a hot document, many small ones, and erasure. */
export const inboxCatalogue = createCatalogue([
  kernelEvents,
  {
    categories: ['contact', 'talk', 'erased'],
    definitions: [
      defineEvent<ContactNamed>({
        type: 'ContactNamed',
        version: 1,
        sentence: 'A contact has a name.',
        fields: { contact: id, name: personal('contact') },
      }),
      defineEvent<TalkBegan>({
        type: 'TalkBegan',
        version: 1,
        sentence: 'A talk with a contact began.',
        fields: { contact: id, talk: id },
      }),
      defineEvent<LineSaid>({
        type: 'LineSaid',
        version: 1,
        sentence: 'Something was said.',
        fields: { contact: id, talk: id, line: id },
      }),
      defineEvent<TalkEnded>({
        type: 'TalkEnded',
        version: 1,
        sentence: 'A talk is over.',
        fields: { contact: id, talk: id },
      }),
      defineEvent<ContactsErased>({
        type: 'ContactsErased',
        version: 1,
        sentence: 'Contacts were erased.',
        fields: { contacts: field('id', { list: true }) },
      }),
    ],
  },
]);

export const inboxErasure = {
  stream: 'erased',
  type: 'ContactsErased',
  contactIds: ({ data }: { data: object }) => (data as ContactsErased['data']).contacts,
};

interface Talk {
  readonly contact: string;
  readonly name: string;
  readonly lines: number;
  readonly newest: readonly string[];
}

interface Person {
  readonly name: string;
  readonly talk: string | null;
}

/**
 * Open talks with the contact's name: a name goes to the talk that is open at that moment, which side documents know.
 */
export const talks = defineProjection<Talk, InboxEvent, Person>({
  name: 'talks',
  schema: 1,
  indexes: [{ key: { name: 1 } }],
  owners: (_id, { contact }) => [contact],
  side: {
    on: {
      ContactNamed: {
        key: ({ data }) => data.contact,
        project: (person, { data }) => ({ talk: person?.talk ?? null, name: data.name }),
      },
      TalkBegan: {
        key: ({ data }) => data.contact,
        project: (person, { data }) => ({ name: person?.name ?? '', talk: data.talk }),
      },
      TalkEnded: {
        key: ({ data }) => data.contact,
        project: (person) => person && { ...person, talk: null },
      },
    },
    load: ({ data }) => ('contact' in data ? [data.contact] : []),
    owners: (contact) => [contact],
  },
  on: {
    ContactNamed: {
      key: ({ data }, side) => side.get(data.contact)?.talk ?? [],
      project: (talk, { data }) => talk && { ...talk, name: data.name },
    },
    TalkBegan: {
      key: ({ data }) => data.talk,
      project: (_talk, { data }, { side }) => ({
        contact: data.contact,
        name: side.get(data.contact)?.name ?? '',
        lines: 0,
        newest: [],
      }),
    },
    LineSaid: {
      key: ({ data }) => data.talk,
      project: (talk, { data }) =>
        talk && { ...talk, lines: talk.lines + 1, newest: [data.line, ...talk.newest].slice(0, 3) },
    },
    TalkEnded: { key: ({ data }) => data.talk, project: () => removed },
  },
});

/** Every line, a document of its own. */
export const lines = defineProjection<{ contact: string; talk: string }, InboxEvent>({
  name: 'lines',
  schema: 1,
  indexes: [{ key: { talk: 1 } }],
  owners: (_id, { contact }) => [contact],
  on: {
    LineSaid: {
      key: ({ data }) => data.line,
      project: (_line, { data }) => ({ contact: data.contact, talk: data.talk }),
    },
  },
});

/** One document that every event changes. */
export const totals = defineProjection<{ begun: number; said: number; erased: number }, InboxEvent>({
  name: 'totals',
  schema: 1,
  indexes: [],
  owners: () => [],
  on: {
    TalkBegan: { key: () => 'all', project: (all = none) => ({ ...all, begun: all.begun + 1 }) },
    LineSaid: { key: () => 'all', project: (all = none) => ({ ...all, said: all.said + 1 }) },
    ContactsErased: {
      key: () => 'all',
      project: (all = none, { data }) => ({ ...all, erased: all.erased + data.contacts.length }),
    },
  },
});

const none = { begun: 0, said: 0, erased: 0 };

export const inboxModels = [talks, lines, totals];

let appended = 0;

/** Appends events to the streams they belong to, each in an append of its own. */
export async function append(store: EventStore, events: readonly InboxEvent[]): Promise<void> {
  for (const event of events) {
    const { data } = event;
    const stream = 'contacts' in data ? 'erased' : 'talk' in data ? `talk-${data.talk}` : `contact-${data.contact}`;
    await store.append(stream, [recorded(event)], 'any');
  }
}

function recorded(event: InboxEvent): EventToAppend {
  const number = String(++appended).padStart(12, '0');
  return {
    id: `00000000-0000-4000-8000-${number}`,
    type: event.type,
    data: event.data,
    metadata: {
      commandId: number,
      commandHash: number,
      correlationId: number,
      causationId: number,
      actor: { id: 'test', role: 'workflow' },
      at: '2026-03-02T09:00:00.000Z',
      schemaVersion: 1,
    },
  };
}
