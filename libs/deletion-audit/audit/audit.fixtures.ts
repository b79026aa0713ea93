import type { CommandHeader } from '#event-sourcing';
import { commandHeader } from '#event-sourcing-testing';
import type { RecordDeletion, RecordErasureCompleted, RecordUnreadable } from './commands.js';
import type { ContactDeleted } from './events.js';

const header: CommandHeader = commandHeader({
  actor: { id: 'contact-erasure', role: 'workflow' },
  at: '2026-03-02T11:00:00.000Z',
});

export const entry = (
  erasureId: string,
  rest: Partial<Pick<ContactDeleted['data'], 'note' | 'noteHash' | 'hint'>> = {},
): Omit<ContactDeleted['data'], 'previousHash' | 'hash'> => ({
  erasureId,
  contactIds: [`contact-of-${erasureId}`],
  hint: 'J•••• D••••',
  platforms: ['custom', 'whatsapp'],
  requestedAt: '2026-03-02T10:59:59.000Z',
  requestPosition: 42,
  adminId: 'adam',
  adminName: 'Adam Admin',
  reason: 'requested',
  counts: { identities: 2, conversations: 3, messages: 17, notes: 1, attributes: 4 },
  ...rest,
});

export const record = (erasureId: string): RecordDeletion => ({
  ...header,
  type: 'RecordDeletion',
  entry: entry(erasureId),
});

export const makeUnreadable = (erasureId: string): RecordUnreadable => ({
  ...header,
  type: 'RecordUnreadable',
  erasureId,
  contactIds: [`contact-of-${erasureId}`],
  removableFrom: '2026-03-03T02:00:00.000Z',
});

export const complete = (erasureId: string): RecordErasureCompleted => ({
  ...header,
  type: 'RecordErasureCompleted',
  erasureId,
  contactIds: [`contact-of-${erasureId}`],
});
