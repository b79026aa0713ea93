import { expect, it } from '@jest/globals';
import { recordEvents } from '#event-sourcing-testing';
import type { BulkDeletionEvent } from '../bulk-deletion/index.js';
import { bulkDeletion } from './index.js';

const terms = {
  mergedIds: ['x'],
  reason: 'retention',
  adminId: 'adam',
  adminName: 'Adam',
  inactiveSince: '2026-01-01T00:00:00.000Z',
};
const selected: BulkDeletionEvent = {
  type: 'ContactsSelectedForDeletion',
  data: { jobId: 'j', part: 1, contactIds: ['a', 'b'], ...terms },
};
const deleted: BulkDeletionEvent = { type: 'SelectedContactDeleted', data: { jobId: 'j', part: 1, contactId: 'a' } };
const cancelled: BulkDeletionEvent = { type: 'BulkDeletionCancelled', data: { jobId: 'j', parts: 3 } };

const left = (...events: BulkDeletionEvent[]) =>
  bulkDeletion.react(recordEvents(events).reduce(bulkDeletion.evolve, bulkDeletion.initial), 'j/1');

it('DEL-7: deletes one contact of a part after another, each once, until it is cancelled', () => {
  const toDelete = (contactId: string) => ({ id: contactId, name: 'delete contact', contactId, part: 1, ...terms });
  expect(left(selected)).toStrictEqual([toDelete('a'), toDelete('b')]);
  expect(left(selected, deleted)).toStrictEqual([toDelete('b')]);
  expect(left(selected, cancelled)).toStrictEqual([]);
});

it('DEL-7: a cancelled job ends all of its parts', () => {
  const keys = recordEvents([selected, deleted, cancelled]).map((event) => bulkDeletion.key(event));
  expect(keys).toStrictEqual(['j/1', 'j/1', ['j/0', 'j/1', 'j/2']]);
});
