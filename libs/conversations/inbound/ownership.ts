import { contactFacts, ensureContact } from '#contacts/contact';
import type { ContactFacts } from '#contacts/contact';
import { claimIdentity, isLateRedelivery, ownerOf, releaseIdentity } from '#contacts/identity';
import type { Position } from '#event-sourcing';
import type { ConversationPorts } from '../chain/index.js';
import { step } from './delivery.js';
import type { Delivery } from './delivery.js';

/** Whose the message is. After merges the owner can be another contact than the one whose identity it is. */
export interface Owner {
  readonly contactId: string;
  readonly subjectId: string;
  /** With whom messages of the identity can lie, too. */
  readonly earlierOwnerIds: readonly string[];
  /** Of the claim, as it was read. */
  readonly claimRevision: number;
}

/**
 * Of two who claim the identity at once, the loser takes the winner's contact. `erasedAt`: the message is one of an
 * erased contact's.
 */
export async function ownership(
  ports: ConversationPorts,
  delivery: Delivery,
  fresh: boolean,
): Promise<Owner | { readonly erasedAt: Position }> {
  const { runner, ids } = ports;
  const { identity, messageId, sentAt, header } = delivery;
  const remembered = await ownerOf(runner, identity.identityKey, { fresh });
  // Nobody's, or a merge's, from memory: an erasure or an undoing may have come in another process since.
  const settled = remembered.ownerId !== undefined && remembered.earlierOwnerIds.length === 0;
  const owned = fresh || settled ? remembered : await ownerOf(runner, identity.identityKey, { fresh: true });
  const { ownerId, subjectId, earlierOwnerIds, revision } = owned;
  if (isLateRedelivery(owned.release, { hash: messageId, sentAt, at: header.at })) return { erasedAt: owned.position };
  if (ownerId !== undefined && subjectId !== undefined) {
    return { contactId: ownerId, subjectId, earlierOwnerIds, claimRevision: revision };
  }
  const contactId = ids.derivedUuid('contact', header.commandId, String(revision));
  const claim = await claimIdentity(runner, step(ports, header, 'claim', String(revision)), { ...identity, contactId });
  const winner = claim.accepted ? contactId : claim.refusal.contactId;
  return { contactId: winner, subjectId: winner, earlierOwnerIds: [], claimRevision: claim.revision };
}

/** The contact that claimed the identity: what the identity tells is recorded there, whoever owns it. */
export async function subjectOf(
  { runner }: ConversationPorts,
  { contactId, subjectId }: Owner,
  owner: ContactFacts,
): Promise<ContactFacts> {
  return subjectId === contactId ? owner : contactFacts(runner, subjectId, { fresh: false });
}

/** Makes the contact of the claim, unless it is there already; a sealed one takes nothing more. */
export async function completeContact(
  ports: ConversationPorts,
  { identity, channel, header }: Delivery,
  contact: ContactFacts,
): Promise<void> {
  if (contact.phase === 'deleting') return;
  const { contactId } = contact;
  const known = contact.phase === 'unknown' ? [] : contact.identities;
  const attached = known.find(({ identityKey }) => identityKey === identity.identityKey);
  if (attached?.channelIds.includes(channel.channelId)) return;
  const claimed = { ...identity, channelId: channel.channelId };
  await ensureContact(ports.runner, step(ports, header, 'contact', contactId), { contactId, identities: [claimed] });
}

/**
 * A claim whose contact is gone: made before a crash that kept the contact from ever attaching the identity, so its
 * erasure could not know of it. Without the release the person would be turned away for ever.
 */
export async function releaseOrphan(
  ports: ConversationPorts,
  { identity, header }: Delivery,
  contactId: string,
): Promise<void> {
  const release = { contactId, identityKey: identity.identityKey, recentMessages: [] };
  await releaseIdentity(ports.runner, step(ports, header, 'release-orphan', contactId), release);
}
