import { contactFacts, contactStream } from '#contacts/contact';
import type { ContactEvent } from '#contacts/contact';
import { identityStream, releaseIdentity } from '#contacts/identity';
import { inventoryOf, removeConversations } from '#conversations/chain';
import { StreamGone } from '#event-sourcing';
import type { CommandHeader, Position, RecordedEvent, ToDoContext } from '#event-sourcing';
import { deletedContactsStream } from '../audit/index.js';
import { contactInventory } from './inventory.js';
import type { ErasurePorts } from './ports.js';
import type { ErasureStep } from './react.js';

/** Does one step; doing it again, also by two processes at once, changes nothing more. */
export async function perform(
  ports: ErasurePorts,
  step: ErasureStep,
  { header, key: erasureId }: ToDoContext,
): Promise<Position> {
  switch (step.name) {
    case 'record-deletion':
      return recordDeletion(ports, header, step);
    case 'release-identities':
      await releaseIdentities(ports, header, step.contactId);
      return nothingToSee;
    case 'remove-conversations':
      await removeConversations(ports, step.contactId);
      return nothingToSee;
    case 'remove-contact':
      await removeContact(ports, step.contactId);
      return nothingToSee;
    case 'complete':
      return complete(ports, header, erasureId, step.contactIds);
  }
}

/** These steps leave no event that the erasure is folded from. */
const nothingToSee: Position = 0;

async function recordDeletion(
  ports: ErasurePorts,
  header: CommandHeader,
  step: Extract<ErasureStep, { name: 'record-deletion' }>,
): Promise<Position> {
  const request = await unlessGone(readRequest(ports, step));
  if (!request) return nothingToSee;
  const { contactId, erasureId, hint, reason, note, adminName } = request.data;
  const inventory = await contactInventory(ports, contactId);
  if (!inventory) return nothingToSee;
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
  const command = { ...header, type: 'RecordDeletion', entry } as const;
  const result = await ports.runner.run(ports.audit, deletedContactsStream, command);
  return result.accepted ? result.position : nothingToSee;
}

type DeletionRequest = RecordedEvent<Extract<ContactEvent, { type: 'ContactDeletionRequested' }>>;

async function readRequest(
  { store }: ErasurePorts,
  { contactId, revision }: { readonly contactId: string; readonly revision: number },
): Promise<DeletionRequest | undefined> {
  for await (const event of store.readStream(contactStream(contactId), { from: revision, limit: 1 })) {
    // What stands there is the request that the instance began with.
    return event as DeletionRequest;
  }
  return undefined;
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
): Promise<Position> {
  const command = { ...header, type: 'RecordErasureCompleted', erasureId, contactIds } as const;
  const result = await runner.run(audit, deletedContactsStream, command);
  return result.accepted ? result.position : nothingToSee;
}

async function unlessGone<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (fault) {
    if (fault instanceof StreamGone) return undefined;
    throw fault;
  }
}
