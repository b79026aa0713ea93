import { describe, expect, test } from '@jest/globals';
import { createInMemoryDocuments, createInMemoryEventStore } from '#event-sourcing-testing';
import { append, clock, inboxCatalogue, project } from '#event-sourcing-testing/projected-inbox';
import type { InboxEvent } from '#event-sourcing-testing/projected-inbox';

const history: readonly InboxEvent[] = [
  { type: 'ContactNamed', data: { contact: 'ann', name: 'Ann' } },
  { type: 'TalkBegan', data: { contact: 'ann', talk: 'ann.1' } },
  { type: 'LineSaid', data: { contact: 'ann', talk: 'ann.1', line: 'l1' } },
  { type: 'TalkBegan', data: { contact: 'bob', talk: 'bob.1' } },
  { type: 'ContactNamed', data: { contact: 'bob', name: 'Bob' } },
  { type: 'TalkEnded', data: { contact: 'ann', talk: 'ann.1' } },
  { type: 'ContactNamed', data: { contact: 'ann', name: 'Anna' } },
  { type: 'TalkBegan', data: { contact: 'ann', talk: 'ann.2' } },
  { type: 'LineSaid', data: { contact: 'bob', talk: 'bob.1', line: 'l2' } },
];

describe('projection engine', () => {
  test('folds events into models through side documents, one after another', async () => {
    const store = createInMemoryEventStore({ catalogue: inboxCatalogue, clock });
    const documents = createInMemoryDocuments({ clock });
    await append(store, history);
    await project(store, documents);
    expect(documents.contents('talks')).toStrictEqual({
      'ann.2': JSON.stringify({ at: 56, owners: ['ann'], contact: 'ann', name: 'Anna', lines: 0, newest: [] }),
      'bob.1': JSON.stringify({ at: 63, owners: ['bob'], contact: 'bob', name: 'Bob', lines: 1, newest: ['l2'] }),
    });
    expect(Object.keys(documents.contents('lines'))).toStrictEqual(['l1', 'l2']);
    expect(documents.contents('totals')).toStrictEqual({
      all: JSON.stringify({ at: 63, owners: [], begun: 3, said: 2, erased: 0 }),
    });
  });
});
