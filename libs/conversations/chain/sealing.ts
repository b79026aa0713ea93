import { Overloaded } from '#event-sourcing';
import type { CommandHeader, Position } from '#event-sourcing';
import type { SealChain } from '../conversation/commands.js';
import { conversationDecider } from '../conversation/decide.js';
import { conversationIdOf, conversationStream } from '../conversation/events.js';
import type { SealCause } from '../conversation/events/opening.js';
import type { SealedPlace } from '../conversation/state.js';
import { newestLink, openingAfter } from './chain.js';
import type { ConversationPorts } from './ports.js';

/** Openings that can come before the seal while it is being set: more is a storm, not a race. */
const mostRaces = 20;

export interface Sealing {
  readonly contactId: string;
  readonly by: SealCause;
  readonly sealId: string;
  readonly to?: string;
}

/** Where a seal stands. */
export interface Seal {
  readonly number: number;
  readonly position: Position;
}

/**
 * Closes what is open, and takes the place of the next conversation, so that who would open it meets the seal instead.
 * May be repeated after any interruption: a seal that is there stays. `undefined`: the chain is gone for good.
 */
export async function closeAndSeal(
  { runner, ids, chains }: Pick<ConversationPorts, 'runner' | 'ids' | 'chains'>,
  header: CommandHeader,
  sealing: Sealing,
): Promise<Seal | undefined> {
  const { contactId, by, sealId } = sealing;
  const step = (name: string, number: number): CommandHeader => {
    const commandId = ids.derivedUuid('seal', name, sealId, contactId, String(number));
    return { ...header, commandId, commandHash: commandId };
  };
  for (let race = 0; race < mostRaces; race++) {
    const head = await chains.head(contactId, { fresh: true });
    if (head.kind === 'gone') return undefined;
    if (head.kind === 'conversation' && head.conversation.phase === 'open') {
      const { number, conversationId } = head.conversation;
      const close = { ...step('close', number), type: 'CloseAutomatically', cause: by } as const;
      await runner.run(conversationDecider, conversationStream(conversationId), close);
    } else {
      const newest = newestLink(head);
      if (newest?.phase === 'sealed' && newest.sealId === sealId) return sealAt({ runner }, newest);
      const opening = openingAfter(contactId, newest);
      const command: SealChain = { ...step('seal', opening.number), type: 'SealChain', ...sealing, ...opening };
      const stream = conversationStream(opening.conversationId);
      const sealed = await runner.run(conversationDecider, stream, command);
      if (sealed.accepted) return { number: opening.number, position: sealed.position };
    }
  }
  throw new Overloaded(`the conversations of contact ${contactId}`);
}

/** The seal of this id, wherever in the chain; `undefined`: it was never set, or the chain is gone. */
export async function findSeal(
  { runner, chains }: Pick<ConversationPorts, 'runner' | 'chains'>,
  { contactId, sealId }: Pick<Sealing, 'contactId' | 'sealId'>,
): Promise<Seal | undefined> {
  const head = await chains.head(contactId, { fresh: true });
  for (let number = head.kind === 'gone' ? 0 : (newestLink(head)?.number ?? 0); number > 0; number--) {
    const link = await chains.link(contactId, number);
    if (typeof link === 'object' && link.phase === 'sealed' && link.sealId === sealId) return sealAt({ runner }, link);
  }
  return undefined;
}

async function sealAt(
  { runner }: Pick<ConversationPorts, 'runner'>,
  { contactId, number }: SealedPlace,
): Promise<Seal> {
  const stream = conversationStream(conversationIdOf(contactId, number));
  const { position } = await runner.load(conversationDecider, stream, { fresh: false });
  return { number, position };
}
