import type { Command } from '#event-sourcing';
import type { ContactDeleted } from './events.js';

export type RecordDeletion = Command<
  'RecordDeletion',
  { readonly entry: Omit<ContactDeleted['data'], 'previousHash' | 'hash'> }
>;
export type RecordUnreadable = Command<
  'RecordUnreadable',
  { readonly erasureId: string; readonly contactIds: readonly string[]; readonly removableFrom: string }
>;
export type RecordErasureCompleted = Command<
  'RecordErasureCompleted',
  { readonly erasureId: string; readonly contactIds: readonly string[] }
>;
export type AuditCommand = RecordDeletion | RecordUnreadable | RecordErasureCompleted;
