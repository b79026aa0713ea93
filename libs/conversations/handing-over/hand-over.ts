import { Overloaded } from '#event-sourcing';
import type { CommandHeader, EventStore, Position } from '#event-sourcing';
import { closeAndSeal, newestLink, nextOpening } from '../chain/index.js';
import type { ConversationPorts } from '../chain/index.js';
import type { Opening, TakeOverWaiting } from '../conversation/commands.js';
import { conversationDecider } from '../conversation/decide.js';
import { conversationIdOf, conversationStream } from '../conversation/events.js';
import type { Recipient } from '../conversation/events/of-conversation.js';
import type { OpenConversationState } from '../conversation/open-conversation.js';
import { earliest, readTalk } from './talk.js';

export type MergingPorts = Pick<ConversationPorts, 'runner' | 'ids' | 'chains'> & { readonly store: EventStore };

/** A merge as its conversations see it. */
export interface MergeOfChains {
  readonly mergeId: string;
  readonly primaryId: string;
  readonly secondaryId: string;
}

/** Conversations of the primary that can open and close meanwhile: more is a storm, not a race. */
const mostRaces = 20;

/**
 * CON-5: ends the secondary's conversations. Where somebody waited in one that the merge closed, they wait in the
 * primary's from now on. Anyone may do it, any number of times; answers the position at which it is done.
 */
export async function handOverConversations(
  ports: MergingPorts,
  header: CommandHeader,
  merge: MergeOfChains,
): Promise<Position> {
  const { mergeId, primaryId, secondaryId } = merge;
  const sealing = { contactId: secondaryId, by: 'merge', sealId: mergeId, to: primaryId } as const;
  const seal = await closeAndSeal(ports, header, sealing);
  if (!seal) return 0;
  const waiting = await waitingBefore(ports, secondaryId, seal.number);
  if (!waiting) return seal.position;
  const taken = await takeOverWaiting(ports, header, merge, waiting);
  return Math.max(seal.position, taken);
}

interface Waiting {
  readonly waitingSince: string;
  readonly address: Recipient;
}

/** Who waits longest in the conversations that the merge has closed: those right before the seal. */
async function waitingBefore({ store }: MergingPorts, contactId: string, seal: number): Promise<Waiting | undefined> {
  const waiting: Waiting[] = [];
  for (let number = seal - 1; number > 0; number--) {
    const talk = await readTalk(store, conversationIdOf(contactId, number));
    if (talk?.closedBy !== 'merge') break;
    for (const [subjectId, { waitingSince, address }] of talk.shares) {
      if (waitingSince !== undefined && address) waiting.push({ waitingSince, address: { ...address, subjectId } });
    }
  }
  const since = earliest(waiting.map(({ waitingSince }) => waitingSince));
  return waiting.find(({ waitingSince }) => waitingSince === since);
}

/** In the open conversation, or in one that is opened for it. A blocked contact's does not open, so nobody waits. */
async function takeOverWaiting(
  { runner, ids, chains }: MergingPorts,
  given: CommandHeader,
  { mergeId, primaryId }: MergeOfChains,
  waiting: Waiting,
): Promise<Position> {
  const commandId = ids.derivedUuid('take-over-waiting', mergeId);
  const header = { ...given, commandId, commandHash: commandId };
  for (let race = 0; race < mostRaces; race++) {
    const head = await chains.head(primaryId, { fresh: true });
    if (head.kind === 'gone') return 0;
    const newest = newestLink(head);
    const opening = newest?.phase === 'open' ? placeOf(newest) : await nextOpening(runner, primaryId, head);
    if (typeof opening === 'string') return 0;
    const command: TakeOverWaiting = { ...header, type: 'TakeOverWaiting', ...opening, ...waiting, mergeId };
    // A run that was interrupted after it may have done it in one of the newest two (decision 2).
    for (const earlier of newest ? [newest.number, newest.number - 1] : []) {
      const stream = conversationStream(conversationIdOf(primaryId, earlier));
      const settled = earlier > 0 ? await runner.settled(conversationDecider, stream, command) : undefined;
      if (settled?.accepted) return settled.position;
    }
    const result = await runner.run(conversationDecider, conversationStream(opening.conversationId), command);
    if (result.accepted) return result.position;
  }
  throw new Overloaded(`the conversations of contact ${primaryId}`);
}

/** The place of a conversation that has begun; how it began is told already. */
export const placeOf = ({ conversationId, contactId, number, received, moved }: OpenConversationState): Opening => ({
  conversationId,
  contactId,
  number,
  known: received.carried,
  moved,
});
