import { contactFacts, requestDeletion } from '#contacts/contact';
import { contactInTurn } from '#contacts/contact-view';
import { StreamGone } from '#event-sourcing';
import type { CommandHeader, EventStore, Position, ToDoContext, WorkflowPorts } from '#event-sourcing';
import { bulkDeletionDecider, bulkDeletionStream, isQuietSince } from '../bulk-deletion/index.js';
import type { SettleContact } from '../bulk-deletion/index.js';
import { recordedErasure } from '../contact-erasure/index.js';
import type { DeleteContact } from './todo.js';

/** So long a step waits for the models before it is tried again. Milliseconds. */
const patience = 5_000;

/** Requests the deletion of one contact, as the admin who confirmed it, and records what came of it. */
export async function deleteContact(
  ports: WorkflowPorts,
  todo: DeleteContact,
  { key, header }: ToDoContext,
): Promise<Position> {
  const { runner, ids } = ports;
  const jobId = key.slice(0, key.lastIndexOf('/'));
  const stream = bulkDeletionStream(jobId);
  const { state, position } = await runner.load(bulkDeletionDecider, stream, { fresh: true });
  if (state.phase !== 'confirmed') return position;
  const outcome = await outcomeOf(ports, todo, header);
  const { part, contactId } = todo;
  const commandId = ids.derivedUuid(header.commandId, 'settle');
  const command = { ...header, commandId, type: 'SettleContact', jobId, part, contactId, outcome } as const;
  const settled = await runner.run(bulkDeletionDecider, stream, command);
  return settled.accepted ? settled.position : position;
}

/** A to-do that was interrupted finds what it has requested already: the contact sealed by it, or the audit entry. */
async function outcomeOf(
  { runner, models, ids, store }: WorkflowPorts,
  { contactId, mergedIds, reason, adminId, adminName, inactiveSince }: DeleteContact,
  header: CommandHeader,
): Promise<SettleContact['outcome']> {
  const erasureId = ids.derivedUuid('erasure', header.commandId);
  try {
    const contact = await contactFacts(runner, contactId, { fresh: true });
    if (contact.phase === 'unknown') return 'gone';
    if (contact.phase === 'deleting') return contact.erasureId === erasureId ? 'deleted' : 'gone';
    if (contact.phase === 'merged' || contact.mergedIds.some((id) => !mergedIds.includes(id))) return 'merged';
    if (inactiveSince !== null) {
      // As new as this moment: a message that just came must count.
      await models.waitFor(await headOf(store), patience);
      const seen = await contactInTurn(models, contactId);
      if (!seen || !isQuietSince(seen, inactiveSince)) return 'active';
    }
    const deletion = { erasureId, hint: contact.hint, reason, note: undefined, adminName };
    const actor = { id: adminId, role: 'admin' } as const;
    const requested = await requestDeletion(runner, { ...header, actor }, contact, deletion, {});
    // It changed since it was read a moment ago: the next attempt reads it again.
    if (!requested.accepted) throw new Error(requested.refusal.code);
    return 'deleted';
  } catch (fault) {
    if (!(fault instanceof StreamGone)) throw fault;
    return (await recordedErasure(store, erasureId)) ? 'deleted' : 'gone';
  }
}

async function headOf(store: EventStore): Promise<Position> {
  for await (const { position } of store.readAll({ direction: 'backwards', limit: 1 })) return position;
  return 0;
}
