import type { Medium } from '#channels/channel';
import type { Actor, IndexDeclaration, Position } from '#event-sourcing';
import type { CloseCause } from '../conversation/events/closing.js';
import type { Opener } from '../conversation/events/opening.js';
import type { Assignee } from '../conversation/open-conversation.js';
import type { ClosingNote } from '../conversation/state.js';
import type { Waiting } from '../conversation/waiting.js';

export const conversationsModel = 'conversations';
export const conversationsSchema = 3;

export type ConversationStatus = Waiting['status'] | 'closed';

export interface InternalNote {
  readonly noteId: string;
  readonly text: string;
  readonly author: Actor;
  readonly at: string;
  /** Colleagues whom it asks to look. */
  readonly mentions: readonly string[];
}

/** One conversation; its id is the conversation's. */
export interface ConversationDocument extends Omit<Waiting, 'status'> {
  readonly contactId: string;
  readonly number: number;
  /** Revision of the stream that this shows. */
  readonly revision: number;
  readonly status: ConversationStatus;
  readonly assignee: Assignee | null;
  /** The current channel. */
  readonly channelId: string;
  readonly medium: Medium;
  /** All channels that it was on. */
  readonly channelIds: readonly string[];
  /** Until when the current channel takes free text, where it has such a limit (CNV-5). */
  readonly replyUntil: string | null;
  readonly topicIds: readonly string[];
  /** The bot that speaks for us. */
  readonly handledBy: string | null;
  /** The conversation that was rolled over into this one. */
  readonly continues: string | null;
  /** Of the newest message in or out; before the first, when it was opened. */
  readonly lastMessageAt: string;
  readonly openedAt: string;
  readonly openedBy: { readonly cause: Opener; readonly actor: Actor };
  readonly closedAt: string | null;
  readonly closedBy: { readonly cause: CloseCause; readonly actor: Actor } | null;
  readonly closingNote: ClosingNote | null;
  readonly messageCount: number;
  /** Contacts whose identities wrote or were written to. */
  readonly subjectIds: readonly string[];
  /** What undone merges gave to other conversations: of these contacts, up to this position. */
  readonly gaveBack: readonly {
    readonly to: string;
    readonly subjectIds: readonly string[];
    readonly until: Position;
  }[];
  /** What of other conversations belongs here since a merge was undone. */
  readonly gotBack: readonly {
    readonly conversationId: string;
    readonly subjectIds: readonly string[];
    /** Time from which on, and position up to which. */
    readonly since: string;
    readonly until: Position;
  }[];
  readonly noteCount: number;
  /** The newest 20, oldest first. */
  readonly notes: readonly InternalNote[];
}

export const conversationsIndexes: readonly IndexDeclaration[] = [
  { key: { contactId: 1, number: -1 } },
  // The history of contacts that are linked.
  { key: { contactId: 1, openedAt: -1, _id: 1 } },
  { key: { status: 1, closedAt: -1 } },
  // What changed since, for live updates (decision 15).
  { key: { _at: 1 } },
  // What is idle on a channel (CNV-8).
  { key: { status: 1, channelId: 1, lastMessageAt: 1 } },
];
