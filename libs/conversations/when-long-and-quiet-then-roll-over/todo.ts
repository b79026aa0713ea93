import type { Recorded, ToDo } from '#event-sourcing';
import type { ConversationEvent } from '../conversation/events.js';

/** Events that a conversation may have: what is longer is slow to read for everybody. */
export const mostEvents = 5_000;
/** How long nothing happens before it is quiet. Milliseconds. */
const quiet = 3_600_000;

export type LongEvent = Extract<
  ConversationEvent,
  {
    type:
      | 'MessageReceived'
      | 'ReplyWritten'
      | 'ConversationAnswered'
      | 'WaitingResumed'
      | 'ConversationSnoozed'
      | 'SnoozeEnded'
      | 'ConversationClosed';
  }
>;

/** The newest event of a conversation that is too long; `null`: it is over, or not too long. */
export type LongState = {
  readonly revision: number;
  readonly at: string;
  /** Nobody waits, and it is not set aside. */
  readonly pending: boolean;
} | null;

export const initial: LongState = null;

/** Most conversations never come here: their events cost nothing. */
export const keyOf = ({ revision, data }: Recorded<LongEvent>): string | undefined =>
  revision + 1 < mostEvents ? undefined : data.conversationId;

export function evolve(state: LongState, { type, revision, metadata }: Recorded<LongEvent>): LongState {
  if (type === 'ConversationClosed') return null;
  const pending = type === 'ConversationAnswered' || (type === 'ReplyWritten' && (state?.pending ?? false));
  return { revision, at: metadata.at, pending };
}

export interface RollOver extends ToDo {
  readonly name: 'roll-over';
  readonly revision: number;
  readonly due: string;
}

export function react(state: LongState): readonly RollOver[] {
  if (!state?.pending) return [];
  const { revision, at } = state;
  const due = new Date(Date.parse(at) + quiet).toISOString();
  return [{ id: `roll-over ${revision}`, name: 'roll-over', revision, due }];
}
