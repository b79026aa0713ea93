import { contactFacts, contactStream } from '#contacts/contact';
import type { ContactEvent } from '#contacts/contact';
import { identityStream, releaseIdentity } from '#contacts/identity';
import { openClaimsOf } from '#contacts/open-claims';
import { recentMessagesOf, removeConversations, sealConversations } from '#conversations/chain';
import { handBackBeforeErasure } from '#conversations/when-contacts-merged-then-hand-over';
import { unlessGone } from '#event-sourcing';
import type { CommandHeader, Position, RecordedEvent, ToDoContext, WorkflowPorts } from '#event-sourcing';
import { retainFacts } from '#reporting/retained-facts';
import { deletedContactsStream } from '../audit/index.js';
import type { ContactDeleted } from '../audit/index.js';
import { redactionStream } from '../redactions/index.js';
import { contactInventory } from './inventory.js';
import { reasonOf } from './marker.js';
import type { ErasurePorts } from './ports.js';
import type { ErasureStep } from './react.js';

/** Does one step; doing it again, also by two processes at once, changes nothing more. */
export async function perform(ports: PerformingPorts, step: ErasureStep, context: ToDoContext): Promise<Position> {
  const { header, key: erasureId } = context;
  switch (step.name) {
    case 'record-deletion':
      return recordDeletion(ports, header, step);
    case 'release-identities':
      await releaseIdentities(ports, header, step.contactIds);
      return nothingToSee;
    case 'hand-back-messages':
      await handBackBeforeErasure(ports, header, step.contactIds);
      return nothingToSee;
    case 'seal-conversations':
      await sealConversations(ports, step.contactId);
      return nothingToSee;
    case 'keep-facts':
      await retainFacts(ports, step.contactId, header.at);
      return nothingToSee;
    case 'destroy-key':
      await destroyKey(ports, step);
      return nothingToSee;
    case 'remove-conversations':
      await removeConversations(ports, step.contactId, step.contactIds);
      return nothingToSee;
    case 'remove-contact':
      await removeContact(ports, step.contactId);
      return nothingToSee;
    case 'record-unreadable':
      return recordUnreadable(ports, header, erasureId, step);
  }
}

/** What the steps need besides what the request does. */
export type PerformingPorts = ErasurePorts & Pick<WorkflowPorts, 'keys' | 'models' | 'scavenger'>;

/** These steps leave no event that the erasure is folded from. */
const nothingToSee: Position = 0;

/** So long a step waits for the models before it is tried again. Milliseconds. */
const patience = 5_000;

async function recordDeletion(
  ports: ErasurePorts,
  header: CommandHeader,
  step: Extract<ErasureStep, { name: 'record-deletion' }>,
): Promise<Position> {
  const request = await unlessGone(readRequest(ports, step));
  if (!request) return nothingToSee;
  const { contactId, erasureId, hint, reason, note, adminName } = request.data;
  const contact = await unlessGone(contactFacts(ports.runner, contactId, { fresh: true }));
  const contactIds = [contactId, ...(contact && 'mergedIds' in contact ? contact.mergedIds : [])];
  const inventory = await unlessGone(contactInventory(ports, contactIds));
  // The streams go after the entry: its deletion was recorded long ago.
  if (!inventory) return nothingToSee;
  const entry = {
    erasureId,
    contactIds,
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

/**
 * From here on the person is nobody's: who writes again is a new contact (DEL-5). `contactIds`: secondaries first, and
 * asked in this order whether they own an identity: a mover that is late gives it to a primary, who is asked after.
 */
async function releaseIdentities(
  ports: PerformingPorts,
  header: CommandHeader,
  contactIds: readonly string[],
): Promise<void> {
  const { runner, ids, store } = ports;
  const identityKeys = new Set<string>();
  // Of an identity that was moved, messages lie with all that owned it.
  const recentMessages: string[] = [];
  for (const contactId of contactIds) {
    for (const identityKey of await identitiesOf(ports, contactId)) identityKeys.add(identityKey);
    recentMessages.push(...(await recentMessagesOf(ports.chains, contactId)));
  }
  for (const identityKey of identityKeys) {
    for (const contactId of contactIds) {
      const commandId = ids.derivedUuid(header.commandId, identityKey, contactId);
      const release = { contactId, identityKey, recentMessages };
      const released = await releaseIdentity(runner, { ...header, commandId }, release);
      // What stands before the release names the contact and the person.
      if (released.accepted && released.events.length > 0) {
        await store.truncateBefore(identityStream(identityKey), released.revision);
      }
    }
  }
}

/** Keys of those that are attached to the contact, and of those that a crash left claimed for it. */
async function identitiesOf({ runner, models }: PerformingPorts, contactId: string): Promise<readonly string[]> {
  const contact = await unlessGone(contactFacts(runner, contactId, { fresh: true }));
  const attached = contact && 'identities' in contact ? contact.identities.map(({ identityKey }) => identityKey) : [];
  return [...attached, ...(await openClaimsOf(models, contactId))];
}

/** DEL-3: from here on nothing of the contact can be read; what is left of the key says why. */
async function destroyKey(
  { store, keys, runner }: PerformingPorts,
  { contactId, entry }: { readonly contactId: string; readonly entry: number },
): Promise<void> {
  for await (const { data } of store.readStream(deletedContactsStream, { from: entry, limit: 1 })) {
    // What stands there is the entry that the step was folded from.
    await keys.destroy(contactId, reasonOf({ type: 'ContactDeleted', data: data as ContactDeleted['data'] }));
  }
  runner.forget(contactStream(contactId));
}

async function removeContact({ store, runner }: ErasurePorts, contactId: string): Promise<void> {
  await store.tombstone(redactionStream(contactId), 'any');
  await store.tombstone(contactStream(contactId), 'any');
  runner.forget(contactStream(contactId));
}

/** Once every model has passed the entry, at which it forgets the contacts. */
async function recordUnreadable(
  { runner, audit, models, scavenger }: PerformingPorts,
  header: CommandHeader,
  erasureId: string,
  { contactIds, purgedAt }: { readonly contactIds: readonly string[]; readonly purgedAt: Position },
): Promise<Position> {
  await models.waitFor(purgedAt, patience);
  const facts = { erasureId, contactIds, removableFrom: scavenger.due(header.at) };
  const result = await runner.run(audit, deletedContactsStream, { ...header, type: 'RecordUnreadable', ...facts });
  return result.accepted ? result.position : nothingToSee;
}
