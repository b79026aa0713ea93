import { LRUCache } from 'lru-cache';
import { StreamGone, withAdded } from '#event-sourcing';
import type { CommandRunner } from '#event-sourcing';
import type { Opening } from '../conversation/commands.js';
import { conversationDecider } from '../conversation/decide.js';
import { conversationIdOf, conversationStream } from '../conversation/events.js';
import { knownAfter, noKnownMessages } from '../conversation/known-messages.js';
import type { OpenConversationState } from '../conversation/open-conversation.js';
import type { ClosedConversationState, SealedPlace } from '../conversation/state.js';

export type BegunConversation = OpenConversationState | ClosedConversationState;

/** A place in a contact's chain that is taken: by a conversation, or by a seal. */
export type ChainLink = BegunConversation | SealedPlace;

/**
 * The newest link of a contact's chain, if any. `sealed`: by a block or a merge; ask `whatSealMeans` before going on
 * after it. `gone`: sealed for good by an erasure, at this number.
 */
export type ChainHead =
  | { readonly kind: 'none' }
  | { readonly kind: 'conversation'; readonly conversation: BegunConversation }
  | { readonly kind: 'sealed'; readonly seal: SealedPlace }
  | { readonly kind: 'gone'; readonly number: number };

type Place = 'absent' | 'gone' | ChainLink;

/** Finds the newest conversation of contacts: from where it was last, else by doubling and bisection (decision 4). */
export interface ConversationChains {
  /** From memory it may be an older one than there is; the append that follows finds out. */
  head(contactId: string, options: { readonly fresh: boolean }): Promise<ChainHead>;
  /** The link of this number, as far as the chain has got. */
  link(contactId: string, number: number): Promise<ChainLink | 'gone' | undefined>;
  forget(contactId: string): void;
}

const rememberedHeads = 100_000;

export function createConversationChains(runner: CommandRunner): ConversationChains {
  const heads = new LRUCache<string, number>({ max: rememberedHeads });

  async function placeOf(contactId: string, number: number, fresh: boolean): Promise<Place> {
    try {
      const stream = conversationStream(conversationIdOf(contactId, number));
      const { state } = await runner.load(conversationDecider, stream, { fresh });
      return state.phase === 'absent' ? 'absent' : state;
    } catch (fault) {
      if (fault instanceof StreamGone) return 'gone';
      throw fault;
    }
  }

  async function head(contactId: string, { fresh }: { readonly fresh: boolean }): Promise<ChainHead> {
    const hint = heads.get(contactId) ?? 1;
    let newest: { number: number; place: Exclude<Place, 'absent'> } | undefined;
    let absent = Infinity;
    // Doubling from the hint until one is absent; what is open is the newest, because the next begins when it closes.
    for (let number = hint, step = 1; absent === Infinity; number += step, step *= 2) {
      const place = await placeOf(contactId, number, fresh);
      if (place === 'absent') absent = number;
      else newest = { number, place };
      if (isOpen(place)) break;
    }
    while (absent !== Infinity && absent - (newest?.number ?? 0) > 1) {
      const middle = Math.floor((absent + (newest?.number ?? 0)) / 2);
      const place = await placeOf(contactId, middle, fresh);
      if (place === 'absent') absent = middle;
      else newest = { number: middle, place };
    }
    if (!newest) return { kind: 'none' };
    heads.set(contactId, newest.number);
    if (newest.place === 'gone') return { kind: 'gone', number: newest.number };
    return newest.place.phase === 'sealed'
      ? { kind: 'sealed', seal: newest.place }
      : { kind: 'conversation', conversation: newest.place };
  }

  return {
    head,
    async link(contactId, number) {
      const place = await placeOf(contactId, number, false);
      return place === 'absent' ? undefined : place;
    },
    forget(contactId) {
      heads.delete(contactId);
    },
  };
}

/** The link that the head is about; `undefined` when the chain is empty or gone. */
export function newestLink(head: ChainHead): ChainLink | undefined {
  if (head.kind === 'conversation') return head.conversation;
  return head.kind === 'sealed' ? head.seal : undefined;
}

/** The newest conversation, behind whatever seals. */
export async function lastConversation(
  chains: Pick<ConversationChains, 'link'>,
  contactId: string,
  newest: ChainLink | undefined,
): Promise<BegunConversation | undefined> {
  let link: ChainLink | 'gone' | undefined = newest;
  while (typeof link === 'object' && link.phase === 'sealed') link = await chains.link(contactId, link.number - 1);
  return typeof link === 'object' ? link : undefined;
}

/** How the next conversation begins. */
export function openingAfter(contactId: string, newest: ChainLink | undefined): Opening {
  const number = (newest?.number ?? 0) + 1;
  const known = newest ? knownAfter(newest.received, newest.number) : noKnownMessages;
  const moved = newest?.moved ?? [];
  const place = { conversationId: conversationIdOf(contactId, number), contactId, number, known, moved };
  if (!newest || newest.phase === 'sealed') return place;
  const rolledOver = newest.phase === 'closed' && newest.cause === 'rollover';
  return {
    ...place,
    ...(newest.windows.length > 0 && { windows: newest.windows }),
    ...(rolledOver && { continues: newest.conversationId }),
  };
}

/**
 * How it begins after a block that was lifted: what the block kept out counts as lying at the seal, so that it is known
 * when it is delivered again.
 */
export function openingAfterBlock(contactId: string, seal: SealedPlace, keptOut: readonly string[]): Opening {
  const own = keptOut.reduce(withAdded, seal.received.own);
  return openingAfter(contactId, { ...seal, received: { ...seal.received, own } });
}

const isOpen = (place: Place): boolean => typeof place === 'object' && place.phase === 'open';
