export { conversationEvents, conversationIdOf, conversationStream, parseConversationId } from './events.js';
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
export { conversationRefusals } from './refusals.js';
export type { ConversationRefusal } from './refusals.js';
export type { ConversationResult } from './touch.js';
