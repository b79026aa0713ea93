import type { Workflow } from '#event-sourcing';
import type { BulkDeletionEvent } from '../bulk-deletion/index.js';
import { deleteContact } from './perform.js';
import { evolve, initial, keyOf, react } from './todo.js';
import type { DeleteContact, PartState } from './todo.js';

/** When an admin has confirmed a bulk deletion, then each of its contacts is deleted, with an audit entry of its own (DEL-7). */
export const bulkDeletion: Workflow<BulkDeletionEvent, PartState, DeleteContact> = {
  name: 'bulk-deletion',
  version: 1,
  actsFrom: 'beginning',
  on: new Set([
    'ContactsSelectedForDeletion',
    'SelectedContactDeleted',
    'SelectedContactKept',
    'BulkDeletionCancelled',
  ]),
  key({ type, data }) {
    if (type === 'BulkDeletionConfirmed') return undefined;
    if (type !== 'BulkDeletionCancelled') return keyOf(data.jobId, data.part);
    return Array.from({ length: data.parts }, (_, part) => keyOf(data.jobId, part));
  },
  initial,
  evolve,
  react,
  owners: () => [],
  performer: (ports) => ({ perform: (todo, context) => deleteContact(ports, todo, context) }),
};
