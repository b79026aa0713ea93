import type { Medium } from '#channels/channel';
import type { Actor, IndexDeclaration } from '#event-sourcing';
import type { CloseCause, Opener } from '../conversation/events.js';
import type { Assignee, ClosingNote } from '../conversation/state.js';

export const conversationsModel = 'conversations';
export const conversationsSchema = 1;

export type ConversationStatus = 'new' | 'pending' | 'closed';

export interface InternalNote {
  readonly noteId: string;
  readonly text: string;
  readonly author: Actor;
  readonly at: string;
}

/** One conversation; its id is the conversation's. */
export interface ConversationDocument {
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
  /** `null` while nobody waits. */
  readonly waitingSince: string | null;
  readonly openedAt: string;
  readonly openedBy: { readonly cause: Opener; readonly actor: Actor };
  readonly closedAt: string | null;
  readonly closedBy: { readonly cause: CloseCause; readonly actor: Actor } | null;
  readonly closingNote: ClosingNote | null;
  readonly messageCount: number;
  readonly noteCount: number;
  /** The newest 20, oldest first. */
  readonly notes: readonly InternalNote[];
}

export const conversationsIndexes: readonly IndexDeclaration[] = [
  { key: { contactId: 1, number: -1 } },
  { key: { status: 1, closedAt: -1 } },
];
