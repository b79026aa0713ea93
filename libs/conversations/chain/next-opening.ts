import { contactFacts } from '#contacts/contact';
import type { CommandRunner } from '#event-sourcing';
import type { Opening } from '../conversation/commands.js';
import { newestLink, openingAfter, openingAfterBlock } from './chain.js';
import type { ChainHead } from './chain.js';

/**
 * How the contact's next conversation begins, or why none does; `moved`: the contact speaks through the primary of a
 * merge. At a seal the contact is read from the store, after the
 * seal was seen: what this process remembers of it can be from before the block.
 */
export async function nextOpening(
  runner: CommandRunner,
  contactId: string,
  head: Exclude<ChainHead, { kind: 'gone' }>,
): Promise<Opening | 'blocked' | 'moved' | 'gone'> {
  if (head.kind !== 'sealed') return openingAfter(contactId, newestLink(head));
  const contact = await contactFacts(runner, contactId, { fresh: true });
  if (contact.phase === 'merged' && contact.mergeId === head.seal.sealId) return 'moved';
  // Another merge has begun, and will close what opens before its own seal.
  if (contact.phase === 'merged') return openingAfter(contactId, head.seal);
  if (contact.phase !== 'known') return 'gone';
  if (contact.blockId !== undefined) return 'blocked';
  return openingAfterBlock(contactId, head.seal, contact.blockedMessages);
}
