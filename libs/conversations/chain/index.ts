export { createConversationChains, openingAfter } from './chain.js';
export type { BegunConversation, ChainHead, ConversationChains } from './chain.js';
export { findMessage } from './earlier-messages.js';
export { conversationPorts } from './ports.js';
export type { ConversationPorts } from './ports.js';
