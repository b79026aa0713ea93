import { describe, expect, it } from '@jest/globals';
import { projectedDocuments, recordEvents } from '#event-sourcing-testing';
import type { ContactEvent } from '#contacts/contact';
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
const unreadable: AuditEvent = {
  type: 'ContactMadeUnreadable',
  data: {
    erasureId: 'e1',
    contactIds: ['c'],
    unreadableAt: '2026-03-02T10:59:59.500Z',
    removableFrom: '2026-03-02T10:59:59.500Z',
    previousHash: '1',
    hash: '2',
  },
};
const document = {
  state: 'erasing',
  ...fields,
  unreadableAt: null,
  completedAt: null,
  revision: 0,
  previousHash: '0',
  hash: '1',
};

const after = (...events: AuditEvent[]) => projectedDocuments(deletedContactsProjection, recordEvents(events));

describe('the list of deleted contacts', () => {
  it('DEL-4: shows a deletion from its request on, without its note', () => {
    expect(requestPosition).toBe(42);
    expect(after(deleted).get(erasureId)).toStrictEqual(document);
  });

  it('DEL-4: shows it from the request on, before there is an entry', () => {
    const { contactIds, hint, reason, adminName } = fields;
    const [contactId = ''] = contactIds;
    const asked: ContactEvent = {
      type: 'ContactDeletionRequested',
      data: { contactId, erasureId, hint, reason, adminName },
    };
    const admin = { actor: { id: 'adam', role: 'admin' }, at: fields.requestedAt } as const;
    const of = (...events: (AuditEvent | readonly [ContactEvent, typeof admin])[]) =>
      projectedDocuments(deletedContactsProjection, recordEvents<AuditEvent | ContactEvent>(events)).get(erasureId);
    const pending = { ...document, platforms: [], revision: -1, previousHash: '', hash: '' };
    const counts = { identities: 0, conversations: 0, messages: 0, notes: 0, attributes: 0 };
    expect(of([asked, admin])).toStrictEqual({ ...pending, counts });
    expect(of(deleted, [asked, admin])).toMatchObject({ revision: 0, hash: '1' });
  });

  it('DEL-4: shows when nobody could read it any more, and when nothing was left', () => {
    const [unreadableAt, completedAt] = ['2026-03-02T10:59:59.500Z', '2026-03-02T11:00:00.000Z'];
    const made = { ...document, state: 'unreadable', unreadableAt };
    expect(after(deleted, unreadable).get(erasureId)).toStrictEqual(made);
    expect(after(deleted, unreadable, completed).get(erasureId)).toStrictEqual({
      ...made,
      state: 'removed',
      completedAt,
    });
  });

  it('DEL-2: belongs to nobody, so that no erasure takes it away', () => {
    expect(deletedContactsProjection.owners('e1', document)).toStrictEqual([]);
  });
});
