import { newestLink } from '#conversations/chain';
import type { ConversationChains } from '#conversations/chain';
import { conversationIdOf, conversationStream } from '#conversations/conversation';
import type { ConversationEvent } from '#conversations/conversation';
import { StreamGone } from '#event-sourcing';
import type { CommandHeader, CommandRunner, EventStore, Ids, Recorded } from '#event-sourcing';
import { evolveFacts } from '../conversation-facts/fold.js';
import type { GrowingFacts } from '../conversation-facts/fold.js';
import { retainedFactsDecider } from './decide.js';
import { retainedFactsStream } from './events.js';

interface RetainingPorts {
  readonly store: EventStore;
  readonly runner: CommandRunner;
  readonly ids: Ids;
  readonly chains: ConversationChains;
}

/**
 * DEL-6: keeps the facts of all conversations of a contact whose chain is sealed. Nothing in what is written, metadata
 * included, leads back to the contact. May be repeated: ids derive from the conversation, under the store's key.
 */
export async function retainFacts(ports: RetainingPorts, contactId: string, at: string): Promise<void> {
  const { runner, ids, chains } = ports;
  const head = await chains.head(contactId, { fresh: true });
  const last = head.kind === 'gone' ? head.number - 1 : (newestLink(head)?.number ?? 0);
  for (let number = 1; number <= last; number++) {
    const conversationId = conversationIdOf(contactId, number);
    const growing = await factsOf(ports, conversationId);
    if (!growing) continue;
    const factsId = ids.derivedUuid('conversation-facts', conversationId);
    const command = {
      ...anonymous(ids.derivedUuid('retain-facts', factsId), at),
      type: 'RetainFacts',
      factsId,
    } as const;
    await runner.run(retainedFactsDecider, retainedFactsStream(factsId), { ...command, facts: growing.facts });
  }
}

/** `undefined`: there is no conversation at this place, or it is gone, and its facts were retained before. */
async function factsOf({ store }: RetainingPorts, conversationId: string): Promise<GrowingFacts | undefined> {
  let growing: GrowingFacts | undefined;
  try {
    for await (const event of store.readStream(conversationStream(conversationId))) {
      // The codec has checked the data against the catalogue; the stream holds these types only.
      growing = evolveFacts(growing, event as Recorded<ConversationEvent>);
    }
  } catch (fault) {
    if (!(fault instanceof StreamGone)) throw fault;
  }
  return growing;
}

/** Not the erasure's header: what it was caused by would lead to the audit entry, which names the contact. */
function anonymous(commandId: string, at: string): CommandHeader {
  const ids = { commandId, commandHash: commandId, correlationId: commandId, causationId: commandId };
  return { ...ids, actor: { id: 'contact-erasure', role: 'workflow' }, at };
}
