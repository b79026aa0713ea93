import { contactFacts, contactStream } from '#contacts/contact';
import { identityStream, releaseIdentity } from '#contacts/identity';
import { inventoryOf, removeConversations } from '#conversations/chain';
import { StreamGone } from '#event-sourcing';
import type { CommandHeader } from '#event-sourcing';
import { deletedContactsStream } from '../audit/index.js';
import { contactInventory } from './inventory.js';
import type { ErasurePorts } from './ports.js';
import type { ErasureStep } from './react.js';
import type { DeletionRequest } from './todo.js';

export const contactErasure = 'contact-erasure';

/** Does one step; doing it again, also by two processes at once, changes nothing more. */
export async function perform(
  ports: ErasurePorts,
  step: ErasureStep,
  { commandId, key: erasureId }: { readonly commandId: string; readonly key: string },
): Promise<void> {
  const header: CommandHeader = {
    commandId,
    commandHash: ports.ids.keyed(contactErasure, erasureId, step.id),
    correlationId: erasureId,
    causationId: erasureId,
    actor: { id: contactErasure, role: 'workflow' },
    at: ports.clock.now(),
  };
  switch (step.name) {
    case 'record-deletion':
      return recordDeletion(ports, header, step.request);
    case 'release-identities':
      return releaseIdentities(ports, header, step.contactId);
    case 'remove-conversations':
      return removeConversations(ports, step.contactId);
    case 'remove-contact':
      return removeContact(ports, step.contactId);
    case 'complete':
      return complete(ports, header, erasureId, step.contactIds);
  }
}

async function recordDeletion(ports: ErasurePorts, header: CommandHeader, request: DeletionRequest): Promise<void> {
  const { contactId, erasureId, hint, reason, note, adminName } = request.data;
  const inventory = await contactInventory(ports, contactId);
  if (!inventory) return;
  const entry = {
    erasureId,
    contactIds: [contactId],
    hint,
    ...inventory,
    requestedAt: request.metadata.at,
    requestPosition: request.position,
    adminId: request.metadata.actor.id,
    adminName,
    reason,
    ...(note !== undefined && { note, noteHash: ports.ids.keyed('deletion-note', erasureId, note) }),
  };
  await ports.runner.run(ports.audit, deletedContactsStream, { ...header, type: 'RecordDeletion', entry });
}

/** From here on the person is nobody's: who writes again is a new contact (DEL-5). */
async function releaseIdentities(ports: ErasurePorts, header: CommandHeader, contactId: string): Promise<void> {
  const { runner, ids, store } = ports;
  const contact = await unlessGone(contactFacts(runner, contactId, { fresh: true }));
  if (contact?.phase !== 'deleting') return;
  const { recentMessages } = await inventoryOf(ports, contactId);
  for (const { identityKey } of contact.identities) {
    const commandId = ids.derivedUuid(header.commandId, identityKey);
    const release = { contactId, identityKey, recentMessages };
    const released = await releaseIdentity(runner, { ...header, commandId }, release);
    // What stands before the release names the contact and the person.
    if (released.accepted && released.events.length > 0) {
      await store.truncateBefore(identityStream(identityKey), released.revision);
    }
  }
}

async function removeContact({ store, runner }: ErasurePorts, contactId: string): Promise<void> {
  await store.tombstone(contactStream(contactId), 'any');
  runner.forget(contactStream(contactId));
}

async function complete(
  { runner, audit }: ErasurePorts,
  header: CommandHeader,
  erasureId: string,
  contactIds: readonly string[],
): Promise<void> {
  const command = { ...header, type: 'RecordErasureCompleted', erasureId, contactIds } as const;
  await runner.run(audit, deletedContactsStream, command);
}

async function unlessGone<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (fault) {
    if (fault instanceof StreamGone) return undefined;
    throw fault;
  }
}
