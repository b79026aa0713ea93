import { waitingAfter, waitingOnceOpened } from '#conversations/conversation';
import type { ConversationEvent, Waiting, WaitingEvent } from '#conversations/conversation';
import type { Recorded } from '#event-sourcing';
import type { ConversationFacts } from './facts.js';

/** Facts that still grow, with what their growing goes by. */
export interface GrowingFacts {
  readonly facts: ConversationFacts;
  readonly openedAt: string;
  readonly waiting: Waiting;
  /** The wait that the last answer ended: it goes on when the answer does not arrive. */
  readonly lastWaitMs: number;
}

/** The events that facts are made of. */
export type FactsEvent =
  | WaitingEvent
  | Extract<
      ConversationEvent,
      {
        type:
          'ConversationOpened' | 'ReplyWritten' | 'ConversationAssigned' | 'ConversationClosed' | 'ClosingNoteEdited';
      }
    >;

/** Total: other events, and those before the opening, change nothing. */
export function evolveFacts(
  before: GrowingFacts | undefined,
  event: Recorded<ConversationEvent>,
): GrowingFacts | undefined {
  if (event.type === 'ConversationOpened') return opened(event);
  if (!before) return undefined;
  const { facts, openedAt, waiting } = before;
  const { at } = event.metadata;
  const sinceOpening = between(openedAt, at);
  switch (event.type) {
    case 'ReplyWritten':
      return { ...before, facts: { ...facts, ...withReply(before, event) } };
    case 'ConversationAssigned':
      return { ...before, facts: { ...facts, firstAssignmentMs: facts.firstAssignmentMs ?? sinceOpening } };
    case 'ClosingNoteEdited':
      return { ...before, facts: { ...facts, categoryId: event.data.categoryId ?? null } };
    case 'ConversationClosed': {
      const { cause, categoryId = null } = event.data;
      const closed = { closedOn: dayOf(at), closedBy: cause, categoryId, resolutionMs: sinceOpening };
      const rest = waiting.waitingSince === null ? 0 : between(waiting.waitingSince, at);
      return { ...before, facts: { ...facts, ...closed, waitingMs: facts.waitingMs + rest } };
    }
    case 'MessageReceived':
    case 'ConversationAnswered':
    case 'WaitingResumed':
    case 'WaitingTakenOver':
    case 'ConversationDivided':
    case 'ConversationSnoozed':
    case 'SnoozeEnded':
      return waited(before, event);
    default:
      return before;
  }
}

function opened(event: Recorded<Extract<FactsEvent, { type: 'ConversationOpened' }>>): GrowingFacts {
  const { data, metadata } = event;
  const { channelId, medium, openedBy } = data;
  const nothingYet = { closedOn: null, closedBy: null, categoryId: null, messages: 0, responses: 0, botResponses: 0 };
  const durations = { firstAssignmentMs: null, firstResponseMs: null, resolutionMs: null, waitingMs: 0 };
  return {
    facts: { channelId, medium, openedOn: dayOf(metadata.at), openedBy, ...nothingYet, ...durations },
    openedAt: metadata.at,
    waiting: waitingOnceOpened(event),
    lastWaitMs: 0,
  };
}

function withReply(
  { facts, waiting: { waitingSince } }: GrowingFacts,
  { data, metadata }: Recorded<Extract<FactsEvent, { type: 'ReplyWritten' }>>,
): Partial<ConversationFacts> {
  if (data.writtenBy === 'bot') return { botResponses: facts.botResponses + 1 };
  if (!data.answers) return {};
  const waitedMs = waitingSince === null ? null : between(waitingSince, metadata.at);
  return { responses: facts.responses + 1, firstResponseMs: facts.firstResponseMs ?? waitedMs };
}

function waited(before: GrowingFacts, event: Recorded<WaitingEvent>): GrowingFacts {
  const { facts, waiting } = before;
  const after = waitingAfter(waiting, event);
  const messages = event.type === 'MessageReceived' ? facts.messages + 1 : facts.messages;
  const grown = { ...before, waiting: after, facts: { ...facts, messages } };
  if (event.type === 'WaitingResumed') {
    return { ...grown, facts: { ...grown.facts, waitingMs: facts.waitingMs - before.lastWaitMs }, lastWaitMs: 0 };
  }
  if (waiting.waitingSince === null || after.waitingSince !== null) return grown;
  const lastWaitMs = between(waiting.waitingSince, event.metadata.at);
  return { ...grown, facts: { ...grown.facts, waitingMs: facts.waitingMs + lastWaitMs }, lastWaitMs };
}

const dayOf = (instant: string): string => instant.slice(0, 10);

/** Clocks of several processes: never below zero. */
const between = (from: string, to: string): number => Math.max(0, Date.parse(to) - Date.parse(from));
