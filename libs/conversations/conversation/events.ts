import { assignmentEvents } from './events/assignment.js';
import type { ConversationAssigned, ConversationUnassigned } from './events/assignment.js';
import { botsEvents } from './events/bots.js';
import type { ConversationHandedToBot, ConversationTakenFromBot } from './events/bots.js';
import { closingEvents } from './events/closing.js';
import type { ClosingNoteEdited, ConversationClosed } from './events/closing.js';
import { mergingEvents } from './events/merging.js';
import type { ConversationDivided, MessageMoved, MessagesGivenBack, WaitingTakenOver } from './events/merging.js';
import { openingEvents } from './events/opening.js';
import type { ConversationChainSealed, ConversationOpened } from './events/opening.js';
import { snoozeEvents } from './events/snooze.js';
import type { ConversationSnoozed, SnoozeEnded } from './events/snooze.js';
import { topicsEvents } from './events/topics.js';
import type { TopicAdded, TopicRemoved } from './events/topics.js';
import { waitingEvents } from './events/waiting.js';
import type { ConversationAnswered, ReplyFailed, WaitingResumed } from './events/waiting.js';
import { writingEvents } from './events/writing.js';
import type {
  AgentMentioned,
  InternalNoteAdded,
  MessageReceived,
  ReplyWritten,
  WelcomeReceived,
} from './events/writing.js';

/** The n-th conversation of a contact, from 1. */
export const conversationIdOf = (contactId: string, number: number): string => `${contactId}.${number}`;
export const conversationStream = (conversationId: string): string => `conversation-${conversationId}`;

/** The parts of a conversation's id; `undefined` when it cannot be one. */
export function parseConversationId(id: string): { contactId: string; number: number } | undefined {
  const parts = /^([0-9A-Za-z-]{1,64})\.([1-9][0-9]{0,8})$/.exec(id);
  return parts?.[1] === undefined ? undefined : { contactId: parts[1], number: Number(parts[2]) };
}

export type ConversationEvent =
  | ConversationOpened
  | MessageReceived
  | WelcomeReceived
  | ReplyWritten
  | ConversationAnswered
  | ReplyFailed
  | WaitingResumed
  | ConversationSnoozed
  | SnoozeEnded
  | ConversationHandedToBot
  | ConversationTakenFromBot
  | TopicAdded
  | TopicRemoved
  | InternalNoteAdded
  | AgentMentioned
  | ConversationAssigned
  | ConversationUnassigned
  | ConversationClosed
  | ClosingNoteEdited
  | ConversationChainSealed
  | WaitingTakenOver
  | ConversationDivided
  | MessagesGivenBack
  | MessageMoved;

export const conversationEvents = {
  categories: ['conversation'],
  definitions: [
    ...openingEvents,
    ...writingEvents,
    ...botsEvents,
    ...waitingEvents,
    ...snoozeEvents,
    ...topicsEvents,
    ...assignmentEvents,
    ...closingEvents,
    ...mergingEvents,
  ],
};
