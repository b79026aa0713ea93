import { contactStream } from '#contacts/contact';
import type { ContactEvent } from '#contacts/contact';
import { conversationStream, parseConversationId } from '#conversations/conversation';
import type { ConversationEvent } from '#conversations/conversation';
import { StreamGone } from '#event-sourcing';
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
  const stream =
    'conversationId' in target ? conversationStream(target.conversationId) : contactStream(target.contactId);
  const contactId = 'contactId' in target ? target.contactId : parseConversationId(target.conversationId)?.contactId;
  if (contactId === undefined) return undefined;
  const eventIds: string[] = [];
  let subjectId = contactId;
  let inUse = false;
  let last = 0;
  try {
    for await (const { id, type, data, position } of store.readStream(stream)) {
      // The codec has checked the data against the catalogue; the stream holds these events only.
      const event = { type, data } as ContactEvent | ConversationEvent;
      if (event.type === 'ContactDeletionRequested') return undefined;
      if (target.kind === 'value') inUse = valueAfter(target, event) ?? inUse;
      if (!holdsContent(target, event)) continue;
      eventIds.push(id);
      last = position;
      if ('subjectId' in event.data) subjectId = event.data.subjectId;
    }
  } catch (fault) {
    if (fault instanceof StreamGone) return undefined;
    throw fault;
  }
  return eventIds.length === 0 ? undefined : { contactId, subjectId, eventIds, position: last, inUse };
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
