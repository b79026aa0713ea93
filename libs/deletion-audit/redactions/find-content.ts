import { contactStream } from '#contacts/contact';
import type { ContactEvent } from '#contacts/contact';
import { conversationStream, parseConversationId } from '#conversations/conversation';
import type { ConversationEvent } from '#conversations/conversation';
import { unlessGone } from '#event-sourcing';
import type { EventStore } from '#event-sourcing';
import type { RedactionTarget } from './commands.js';

/** Where content stands in the log. */
export interface FoundContent {
  readonly contactId: string;
  /** Whose key it is sealed under. */
  readonly subjectId: string;
  readonly eventIds: readonly string[];
  /** Of the last of them. */
  readonly position: number;
  /** Of a value: the attribute still has one. */
  readonly inUse: boolean;
}

/** Reads the stream that the target is in; `undefined`: there is no such thing, or the contact is erased. */
export async function findContent(store: EventStore, target: RedactionTarget): Promise<FoundContent | undefined> {
  if ('contactId' in target) {
    const { contactId } = target;
    const read = await unlessGone(readFor(store, contactStream(contactId), target));
    return read && found(contactId, read);
  }
  const contactId = parseConversationId(target.conversationId)?.contactId;
  if (contactId === undefined) return undefined;
  const own = await unlessGone(readFor(store, conversationStream(target.conversationId), target));
  const here = own && found(contactId, own);
  if (here || target.kind !== 'message') return here;
  // What an undone merge gave back is shown here, and lies where it was written (CON-5).
  for (const { conversationId, subjectIds } of own?.lent ?? []) {
    const read = await unlessGone(readFor(store, conversationStream(conversationId), target));
    const there = read && found(contactId, read);
    if (there && subjectIds.includes(there.subjectId)) return there;
  }
  return undefined;
}

interface Read extends Pick<FoundContent, 'eventIds' | 'position' | 'inUse'> {
  /** Not there: the contact's own. */
  readonly subjectId: string | undefined;
  /** Conversations that hold something for this one, and of whom. */
  readonly lent: readonly { readonly conversationId: string; readonly subjectIds: readonly string[] }[];
}

function found(contactId: string, read: Read): FoundContent | undefined {
  const { subjectId = contactId, eventIds, position, inUse } = read;
  return eventIds.length === 0 ? undefined : { contactId, subjectId, eventIds, position, inUse };
}

async function readFor(store: EventStore, stream: string, target: RedactionTarget): Promise<Read> {
  let read: Read = { eventIds: [], position: 0, inUse: false, subjectId: undefined, lent: [] };
  for await (const { id, type, data, position } of store.readStream(stream)) {
    // The codec has checked the data against the catalogue; the stream holds these events only.
    const event = { type, data } as ContactEvent | ConversationEvent;
    if (event.type === 'MessagesGivenBack') {
      const { from, subjectIds } = event.data;
      read = {
        ...read,
        lent: [
          ...read.lent,
          ...from.map(({ conversationId, liesIn = conversationId }) => ({ conversationId: liesIn, subjectIds })),
        ],
      };
    }
    if (target.kind === 'value') read = { ...read, inUse: valueAfter(target, event) ?? read.inUse };
    if (!holdsContent(target, event)) continue;
    const subjectId = 'subjectId' in event.data ? event.data.subjectId : read.subjectId;
    // Until a scavenge a message that was moved stands in the log where it was written, too.
    const ids = event.type === 'MessageMoved' ? [id, event.data.origin] : [id];
    read = { ...read, eventIds: [...read.eventIds, ...ids], position, subjectId };
  }
  return read;
}

function holdsContent(target: RedactionTarget, event: ContactEvent | ConversationEvent): boolean {
  switch (event.type) {
    case 'MessageReceived':
    case 'ReplyWritten':
    case 'MessageMoved':
      return target.kind === 'message' && event.data.messageId === target.messageId;
    case 'InternalNoteAdded':
      return target.kind === 'internal-note' && event.data.noteId === target.noteId;
    case 'ContactNoteAdded':
    case 'ContactNoteEdited':
      return target.kind === 'contact-note' && event.data.noteId === target.noteId;
    case 'AttributeSet':
      return target.kind === 'value' && isAttribute(target, event.data);
    default:
      return false;
  }
}

/** Whether the event leaves the attribute with a value; `undefined`: it is about something else. */
function valueAfter(
  target: Extract<RedactionTarget, { kind: 'value' }>,
  event: ContactEvent | ConversationEvent,
): boolean | undefined {
  if (event.type === 'AttributeSet' && isAttribute(target, event.data)) return true;
  return event.type === 'AttributeCleared' && isAttribute(target, event.data) ? false : undefined;
}

const isAttribute = (
  one: { readonly alias: string; readonly medium?: string },
  other: { readonly alias: string; readonly medium?: string },
): boolean => one.alias === other.alias && one.medium === other.medium;
