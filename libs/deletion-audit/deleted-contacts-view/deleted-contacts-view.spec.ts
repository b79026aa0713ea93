import { describe, expect, it } from '@jest/globals';
import { projectedDocuments, recordEvents } from '#event-sourcing-testing';
import { entry } from '../audit/audit.fixtures.js';
import type { AuditEvent } from '../audit/events.js';
import { deletedContactsProjection } from './project.js';

const { note, noteHash, ...shown } = { note: 'asked by phone', noteHash: 'n1', ...entry('e1') };
const deleted: AuditEvent = {
  type: 'ContactDeleted',
  data: { ...shown, note, noteHash, previousHash: '0', hash: '1' },
};
const completed: AuditEvent = {
  type: 'ErasureCompleted',
  data: { erasureId: 'e1', contactIds: ['c'], completedAt: '2026-03-02T11:00:00.000Z', previousHash: '1', hash: '2' },
};
const { requestPosition, erasureId, ...fields } = shown;
const document = { state: 'erasing', ...fields, completedAt: null, revision: 0, previousHash: '0', hash: '1' };

const after = (...events: AuditEvent[]) => projectedDocuments(deletedContactsProjection, recordEvents(events));

describe('the list of deleted contacts', () => {
  it('DEL-4: shows a deletion from its request on, without its note', () => {
    expect(requestPosition).toBe(42);
    expect(after(deleted).get(erasureId)).toStrictEqual(document);
  });

  it('DEL-4: shows when nothing was left', () => {
    const completedAt = '2026-03-02T11:00:00.000Z';
    expect(after(deleted, completed).get(erasureId)).toStrictEqual({ ...document, state: 'removed', completedAt });
  });

  it('DEL-2: belongs to nobody, so that no erasure takes it away', () => {
    expect(deletedContactsProjection.owners('e1', document)).toStrictEqual([]);
  });
});
