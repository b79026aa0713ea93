import { contactFacts } from '#contacts/contact';
import { StreamGone } from '#event-sourcing';
import type { CommandHeader, Position } from '#event-sourcing';
import { closeAndSeal, findSeal } from '../chain/index.js';
import type { ConversationPorts } from '../chain/index.js';

/**
 * CON-6: closes the open conversation and seals the chain, unless the block was lifted meanwhile. Anyone may do it, any
 * number of times. Answers the position at which it was done; 0: there was nothing to do.
 */
export async function endConversations(
  ports: Pick<ConversationPorts, 'runner' | 'ids' | 'chains'>,
  header: CommandHeader,
  { contactId, blockId }: { readonly contactId: string; readonly blockId: string },
): Promise<Position> {
  try {
    const contact = await contactFacts(ports.runner, contactId, { fresh: true });
    const isInForce = contact.phase === 'known' && contact.blockId === blockId;
    const sealing = { contactId, by: 'block', sealId: blockId } as const;
    const seal = isInForce ? await closeAndSeal(ports, header, sealing) : await findSeal(ports, sealing);
    return seal?.position ?? 0;
  } catch (fault) {
    // Erased meanwhile: then its conversations go, too.
    if (fault instanceof StreamGone) return 0;
    throw fault;
  }
}
