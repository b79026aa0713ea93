export type { ConversationDocument, ConversationStatus } from './document.js';
export { closedPage } from './closed.js';
export type { ClosedItem } from './closed.js';
export { conversationsProjection } from './project.js';
export { conversationView, newestConversation } from './queries.js';
export type { ConversationView } from './queries.js';
export { conversationsOf, conversationsShowing, statusesOf } from './of-contacts.js';
export type { ConversationLine } from './of-contacts.js';
