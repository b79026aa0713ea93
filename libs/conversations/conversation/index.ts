export { conversationEvents } from './definitions.js';
export { conversationIdOf, conversationStream, parseConversationId } from './events.js';
export type { ConversationEvent } from './events.js';
export {
  AddInternalNote,
  AssignConversation,
  CloseConversation,
  conversationHandlers,
  EditClosingNote,
  OpenConversation,
  UnassignConversation,
  WriteReply,
} from './handlers.js';
export {
  AddTopic,
  HandToBot,
  RemoveTopic,
  SnoozeConversation,
  statusHandlers,
  TakeFromBot,
  WakeConversation,
} from './status-handlers.js';
export { automaticAuthors } from './events.js';
export type { AutomaticAuthor } from './events.js';
export { newerMessages } from './newer-messages.js';
export type { NewerMessage } from './newer-messages.js';
export { conversationRefusals } from './refusals.js';
export type { ConversationRefusal } from './refusals.js';
export { conversationAtHand, routeConversation } from './routing.js';
export type { ConversationAtHand } from './routing.js';
export { takeOff } from './take-off.js';
export type { ConversationResult } from './touch.js';
export { waitingAfter, waitingOnceOpened } from './waiting.js';
export type { Waiting, WaitingEvent } from './waiting.js';
