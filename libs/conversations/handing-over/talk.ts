import { StreamGone } from '#event-sourcing';
import type { EventStore, Position } from '#event-sourcing';
import type { ConversationEvent } from '../conversation/events.js';
import type { CloseCause } from '../conversation/events/closing.js';
import { conversationStream } from '../conversation/events.js';
import type { Address } from '../conversation/events/of-conversation.js';
import { gives, messagesIn, placeOfMessages } from './given-back.js';
import type { BackEvent } from './given-back.js';

/** What one of a contact's own, or one of a merged contact's identities, has in a conversation. */
export interface Share {
  readonly messages: number;
  readonly channelIds: readonly string[];
  /** Where they wrote from last, or where the conversation was opened with them. */
  readonly address: Address | undefined;
  /** Since when they wait for an answer. */
  readonly waitingSince: string | undefined;
}

type Shares = ReadonlyMap<string, Share>;

/** Who has what in a conversation. */
interface Shared {
  /** By the contact whose identity it was. */
  readonly shares: Shares;
  /** What belongs here since a merge was undone, and lies in another conversation. */
  readonly lent: readonly { readonly liesIn: string; readonly shares: Shares }[];
}

/** A conversation by whose identities took part in it; of what was given back nothing is left. */
export interface Talk extends Shared {
  readonly revision: number;
  /** Where in the log it begins. */
  readonly openedAt: Position;
  readonly closedBy: CloseCause | undefined;
  /** What was given back, by the undone merge. */
  readonly givenBack: ReadonlyMap<string, Shared>;
}

const nothing: Share = { messages: 0, channelIds: [], address: undefined, waitingSince: undefined };

/** What of some contacts' does not count, because it is not newer than this. */
export interface Before {
  readonly subjectIds: readonly string[];
  readonly position: Position;
}

/** `undefined`: there is no such conversation. Read from the stream, because only merging asks for it. */
export async function readTalk(store: EventStore, conversationId: string, before?: Before): Promise<Talk | undefined> {
  let talk: Talk | undefined;
  for await (const recorded of store.readStream(conversationStream(conversationId))) {
    const { type, data, metadata, revision, position } = recorded;
    // The stream holds conversation events only; the codec has checked them against the catalogue.
    const event = { type, data } as ConversationEvent;
    const known = talk ? { ...talk, revision } : begun(event, metadata.at, position);
    talk = known && (isBefore(event, position, before) ? known : withFact(known, event, metadata.at));
    if (talk && type === 'MessagesGivenBack') {
      const lent = await lentBy(store, recorded as BackEvent, before);
      talk = { ...talk, lent: [...talk.lent, ...lent] };
    }
  }
  return talk;
}

/** What an undoing put here. What is theirs and not newer than `before` has gone on to them by an earlier one. */
async function lentBy(store: EventStore, back: BackEvent, before: Before | undefined): Promise<Shared['lent']> {
  const goneOn = before !== undefined && back.position <= before.position ? before.subjectIds : [];
  const lent: Shared['lent'][number][] = [];
  for (const liesIn of back.data.from.map(placeOfMessages)) {
    const shares = new Map<string, Share>();
    try {
      for await (const message of messagesIn(store, liesIn)) {
        const { subjectId, channelId } = message.data;
        if (!gives(back, message) || goneOn.includes(subjectId)) continue;
        const { messages, channelIds } = shares.get(subjectId) ?? nothing;
        const address = addressIn(message.data);
        shares.set(subjectId, {
          ...nothing,
          messages: messages + 1,
          channelIds: [...new Set([...channelIds, channelId])],
          address,
        });
      }
    } catch (fault) {
      // Erased with whose conversation it was; what was to stay had moved here before.
      if (!(fault instanceof StreamGone)) throw fault;
    }
    lent.push({ liesIn, shares });
  }
  return lent;
}

function begun(event: ConversationEvent, at: string, position: Position): Talk | undefined {
  if (event.type !== 'ConversationOpened') return undefined;
  const { subjectId = event.data.contactId, openedBy } = event.data;
  const share = { ...nothing, channelIds: [event.data.channelId], address: addressIn(event.data) };
  const waitingSince = openedBy === 'message' || openedBy === 'welcome' ? at : undefined;
  const shares = new Map([[subjectId, { ...share, waitingSince }]]);
  return { revision: 0, openedAt: position, closedBy: undefined, shares, lent: [], givenBack: new Map() };
}

function isBefore(event: ConversationEvent, position: Position, before: Before | undefined): boolean {
  const { data } = event;
  if (before === undefined || position > before.position || !('subjectId' in data)) return false;
  return before.subjectIds.includes(data.subjectId);
}

function withFact(talk: Talk, event: ConversationEvent, at: string): Talk {
  switch (event.type) {
    case 'MessageReceived':
    case 'WelcomeReceived': {
      const messages = event.type === 'MessageReceived' ? 1 : 0;
      return withShare(talk, event.data.subjectId, (share) => ({
        messages: share.messages + messages,
        channelIds: [...new Set([...share.channelIds, event.data.channelId])],
        address: addressIn(event.data),
        waitingSince: share.waitingSince ?? at,
      }));
    }
    case 'ReplyWritten':
    case 'MessageMoved':
      return withShare(talk, event.data.subjectId, (share) => ({
        ...share,
        messages: share.messages + 1,
        channelIds: [...new Set([...share.channelIds, event.data.channelId])],
      }));
    case 'ConversationAnswered':
      return {
        ...talk,
        shares: new Map([...talk.shares].map(([id, share]) => [id, { ...share, waitingSince: undefined }])),
      };
    case 'WaitingTakenOver':
      return withShare(talk, event.data.subjectId, (share) => ({ ...share, waitingSince: event.data.waitingSince }));
    case 'ConversationDivided': {
      const { mergeId, subjectIds } = event.data;
      const back = only(talk, (id) => subjectIds.includes(id));
      const left = only(talk, (id) => !subjectIds.includes(id));
      return { ...talk, ...left, givenBack: new Map([...talk.givenBack, [mergeId, back]]) };
    }
    case 'ConversationClosed':
      return { ...talk, closedBy: event.data.cause };
    default:
      return talk;
  }
}

/** What these contacts have. */
export function only({ shares, lent }: Shared, isWanted: (subjectId: string) => boolean): Shared {
  const wanted = (all: Shares): Shares => new Map([...all].filter(([id]) => isWanted(id)));
  return { shares: wanted(shares), lent: lent.map((part) => ({ ...part, shares: wanted(part.shares) })) };
}

/** All that contacts have, wherever it lies. */
export const allOf = ({ shares, lent }: Shared): readonly (readonly [string, Share])[] => [
  ...lent.flatMap((part) => [...part.shares]),
  ...shares,
];

function withShare(talk: Talk, subjectId: string, change: (share: Share) => Share): Talk {
  return { ...talk, shares: new Map([...talk.shares, [subjectId, change(talk.shares.get(subjectId) ?? nothing)]]) };
}

const addressIn = ({ channelId, medium, identityKey }: Address): Address => ({ channelId, medium, identityKey });

/** The earlier of the instants that are there. */
export function earliest(instants: readonly (string | undefined)[]): string | undefined {
  return instants.filter((instant) => instant !== undefined).toSorted()[0];
}
