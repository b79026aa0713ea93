import { LRUCache } from 'lru-cache';
import { StreamGone } from '#event-sourcing';
import type { CommandRunner } from '#event-sourcing';
import type { Opening } from '../conversation/commands.js';
import { conversationDecider } from '../conversation/decide.js';
import { conversationIdOf, conversationStream } from '../conversation/events.js';
import { knownAfter, noKnownMessages } from '../conversation/known-messages.js';
import type { ClosedConversationState, OpenConversationState } from '../conversation/state.js';

export type BegunConversation = OpenConversationState | ClosedConversationState;

/** The newest conversation of a contact, if any; `gone`: the chain was sealed by an erasure, at this number. */
export type ChainHead =
  | { readonly kind: 'none' }
  | { readonly kind: 'conversation'; readonly conversation: BegunConversation }
  | { readonly kind: 'gone'; readonly number: number };

type Place = 'absent' | 'gone' | BegunConversation;

/** Finds the newest conversation of contacts: from where it was last, else by doubling and bisection (decision 4). */
export interface ConversationChains {
  /** From memory it may be an older one than there is; the append that follows finds out. */
  head(contactId: string, options: { readonly fresh: boolean }): Promise<ChainHead>;
  /** The conversation itself, which has begun. */
  conversation(contactId: string, number: number): Promise<BegunConversation | 'gone' | undefined>;
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
    return newest.place === 'gone'
      ? { kind: 'gone', number: newest.number }
      : { kind: 'conversation', conversation: newest.place };
  }

  return {
    head,
    async conversation(contactId, number) {
      const place = await placeOf(contactId, number, false);
      return place === 'absent' ? undefined : place;
    },
    forget(contactId) {
      heads.delete(contactId);
    },
  };
}

/** How the next conversation begins. */
export function openingAfter(contactId: string, newest: BegunConversation | undefined): Opening {
  const number = (newest?.number ?? 0) + 1;
  const known = newest ? knownAfter(newest.received, newest.number) : noKnownMessages;
  return { conversationId: conversationIdOf(contactId, number), contactId, number, known };
}

const isOpen = (place: Place): boolean => typeof place === 'object' && place.phase === 'open';
