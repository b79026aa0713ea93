import type { Recorded } from '#event-sourcing';
import type { ConversationEvent } from './events.js';

/** Whether somebody waits for us, and since when: what every model of conversations shows alike (CNV-3). */
export interface Waiting {
  readonly status: 'new' | 'pending' | 'snoozed';
  /** Kept while it is snoozed; `null`: nobody waits. */
  readonly waitingSince: string | null;
  readonly snoozedUntil: string | null;
  /** What `waitingSince` was before the last answer: it comes back when no answer arrives. */
  readonly waitedSince: string | null;
}

export type WaitingEvent = Extract<
  ConversationEvent,
  {
    type:
      | 'MessageReceived'
      | 'ConversationAnswered'
      | 'WaitingResumed'
      | 'WaitingTakenOver'
      | 'ConversationDivided'
      | 'ConversationSnoozed'
      | 'SnoozeEnded';
  }
>;

/** Who opened the chat waits for us, also before the first word; whom we write to first does not (CNV-2). */
export function waitingOnceOpened({
  data,
  metadata,
}: Recorded<Extract<ConversationEvent, { type: 'ConversationOpened' }>>): Waiting {
  const waits = data.openedBy === 'message' || data.openedBy === 'welcome';
  return {
    status: waits ? 'new' : 'pending',
    waitingSince: waits ? metadata.at : null,
    snoozedUntil: null,
    waitedSince: null,
  };
}

export function waitingAfter(before: Waiting, event: Recorded<WaitingEvent>): Waiting {
  const { waitingSince, snoozedUntil, waitedSince } = before;
  const { at } = event.metadata;
  switch (event.type) {
    case 'MessageReceived':
      return { status: 'new', waitingSince: waitingSince ?? at, snoozedUntil, waitedSince };
    case 'ConversationAnswered':
      return { status: 'pending', waitingSince: null, snoozedUntil, waitedSince: waitingSince };
    case 'WaitingResumed':
      return { status: 'new', waitingSince: waitedSince ?? waitingSince ?? at, snoozedUntil, waitedSince };
    case 'WaitingTakenOver': {
      const taken = event.data.waitingSince;
      const earlier = waitingSince !== null && waitingSince < taken ? waitingSince : taken;
      return { status: 'new', waitingSince: earlier, snoozedUntil: null, waitedSince };
    }
    case 'ConversationDivided': {
      const left = event.data.stays?.waitingSince ?? null;
      const awake = left === null ? 'pending' : 'new';
      return { status: snoozedUntil === null ? awake : 'snoozed', waitingSince: left, snoozedUntil, waitedSince };
    }
    case 'ConversationSnoozed':
      return { status: 'snoozed', waitingSince, snoozedUntil: event.data.until, waitedSince };
    case 'SnoozeEnded':
      return { status: 'new', waitingSince: waitingSince ?? at, snoozedUntil: null, waitedSince };
  }
}
