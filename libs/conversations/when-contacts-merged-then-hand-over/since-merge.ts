import { contactStream } from '#contacts/contact';
import type { ContactEvent, Merge } from '#contacts/contact';
import type { Position } from '#event-sourcing';
import { newestLink } from '../chain/index.js';
import { conversationIdOf, conversationStream } from '../conversation/events.js';
import type { ConversationEvent } from '../conversation/events.js';
import type { MergingPorts } from '../handing-over/index.js';

/** What was done to the primary while the merge was in force: it stays there when the merge is undone. */
export interface Stayed {
  readonly notes: readonly string[];
  readonly attributes: readonly string[];
  readonly internalNotes: readonly { readonly conversationId: string; readonly noteId: string }[];
  readonly topics: readonly { readonly conversationId: string; readonly topicId: string }[];
  readonly assignments: readonly {
    readonly conversationId?: string;
    readonly userId?: string;
    readonly teamId?: string;
  }[];
}

/** Where in the log, and when, the merge came into force; `undefined`: it never did. */
export async function beginningOf(
  store: MergingPorts['store'],
  { mergeId, primaryId }: Merge,
): Promise<{ readonly position: Position; readonly at: string } | undefined> {
  const events = store.readStream(contactStream(primaryId), { direction: 'backwards' });
  for await (const { type, data, metadata, position } of events) {
    // The stream holds contact events only; the codec has checked them against the catalogue.
    const event = { type, data } as ContactEvent;
    if (event.type === 'ContactsMerged' && event.data.mergeId === mergeId) return { position, at: metadata.at };
  }
  return undefined;
}

/** Read from the streams, because only who undoes a merge asks. */
export async function whatStayed({ store, chains }: MergingPorts, merge: Merge): Promise<Stayed> {
  const { primaryId, mergeId } = merge;
  const notes: string[] = [];
  const attributes = new Set<string>();
  const assignments: Stayed['assignments'][number][] = [];
  let since: Position | undefined;
  for await (const { type, data, position } of store.readStream(contactStream(primaryId))) {
    // The stream holds contact events only; the codec has checked them against the catalogue.
    const event = { type, data } as ContactEvent;
    if (event.type === 'ContactsMerged' && event.data.mergeId === mergeId) since = position;
    if (event.type === 'MergeUndone' && event.data.mergeId === mergeId) break;
    if (since === undefined) continue;
    if (event.type === 'ContactNoteAdded') notes.push(event.data.noteId);
    if (event.type === 'AttributeSet' && event.data.medium === undefined) attributes.add(event.data.alias);
    if (event.type === 'ContactAssigned') assignments.push(assigneeIn(event.data));
  }
  const inConversations =
    since === undefined ? nothing : await inConversationsSince({ store, chains }, primaryId, since);
  return {
    notes,
    attributes: [...attributes],
    ...inConversations,
    assignments: [...assignments, ...inConversations.assignments],
  };
}

const nothing: Pick<Stayed, 'internalNotes' | 'topics' | 'assignments'> = {
  internalNotes: [],
  topics: [],
  assignments: [],
};

async function inConversationsSince(
  { store, chains }: Pick<MergingPorts, 'store' | 'chains'>,
  contactId: string,
  since: Position,
): Promise<typeof nothing> {
  const internalNotes: Stayed['internalNotes'][number][] = [];
  const assignments: Stayed['assignments'][number][] = [];
  const topics: Stayed['topics'][number][] = [];
  const head = await chains.head(contactId, { fresh: true });
  for (let number = head.kind === 'gone' ? 0 : (newestLink(head)?.number ?? 0); number > 0; number--) {
    const conversationId = conversationIdOf(contactId, number);
    let openedAt: Position | undefined;
    const added = new Set<string>();
    for await (const { type, data, position } of store.readStream(conversationStream(conversationId))) {
      openedAt ??= position;
      if (position < since) continue;
      const event = { type, data } as ConversationEvent;
      if (event.type === 'InternalNoteAdded') internalNotes.push({ conversationId, noteId: event.data.noteId });
      if (event.type === 'ConversationAssigned') assignments.push({ conversationId, ...assigneeIn(event.data) });
      if (event.type === 'TopicAdded') added.add(event.data.topicId);
      if (event.type === 'TopicRemoved') added.delete(event.data.topicId);
    }
    topics.push(...[...added].map((topicId) => ({ conversationId, topicId })));
    if (openedAt !== undefined && openedAt < since) break;
  }
  return { internalNotes, topics, assignments };
}

const assigneeIn = ({ userId, teamId }: { readonly userId?: string; readonly teamId?: string }) => ({
  ...(userId !== undefined && { userId }),
  ...(teamId !== undefined && { teamId }),
});
