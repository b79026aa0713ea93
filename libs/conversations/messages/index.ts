export type { MessageDocument } from './document.js';
export { messagesProjection } from './project.js';
export { conversationMessages, newMessages } from './queries.js';
export type { MessageItem } from './queries.js';
