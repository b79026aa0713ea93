import { closingNotesDirectory, closingNotesEvents } from './closing-notes/index.js';
import { conversationsProjection } from './conversation-view/index.js';
import { conversationEvents } from './conversation/index.js';
import { internalNotesProjection } from './internal-notes/index.js';
import { messagesProjection } from './messages/index.js';
import { outboundEvents } from './outbound/index.js';
import { priorityDirectory, priorityEvents } from './priority/index.js';
import { queueCountersProjection } from './queue-counters/index.js';
import { queueProjection } from './queue/index.js';
import { rankingEvents } from './ranking/index.js';
import { whenContactBlockedThenClose } from './when-contact-blocked-then-close/index.js';
import { whenContactsMergedThenHandOver } from './when-contacts-merged-then-hand-over/index.js';
import { whenMessageFailedThenWaitAgain } from './when-message-failed-then-wait-again/index.js';
import { closeIdleConversations } from './when-idle-then-close/index.js';
import { rollOverLongConversations } from './when-long-and-quiet-then-roll-over/index.js';
import { rankTheOpen } from './when-ranking-changes-then-rank-the-open/index.js';
import { wakeAfterSnooze } from './when-snooze-is-over-then-wake/index.js';

export { ConversationsModule } from './conversations.module.js';

/** The context's part of the catalogue. */
export const conversationsEvents = {
  categories: [
    ...conversationEvents.categories,
    ...outboundEvents.categories,
    ...closingNotesEvents.categories,
    ...priorityEvents.categories,
    ...rankingEvents.categories,
  ],
  definitions: [
    ...conversationEvents.definitions,
    ...outboundEvents.definitions,
    ...closingNotesEvents.definitions,
    ...priorityEvents.definitions,
    ...rankingEvents.definitions,
  ],
};

/** The context's read models. */
export const conversationsProjections = [
  conversationsProjection,
  messagesProjection,
  internalNotesProjection,
  queueProjection,
  queueCountersProjection,
];

/** What the context's commands need in memory of the configuration. */
export const conversationsLiveViews = [closingNotesDirectory, priorityDirectory];

/** The context's workflows. */
export const conversationsWorkflows = [
  whenContactBlockedThenClose,
  whenContactsMergedThenHandOver,
  wakeAfterSnooze,
  whenMessageFailedThenWaitAgain,
  closeIdleConversations,
  rollOverLongConversations,
  rankTheOpen,
];
