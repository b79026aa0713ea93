export { createConversationChains, openingAfter } from './chain.js';
export type { BegunConversation, ChainHead, ConversationChains } from './chain.js';
export { inventoryOf, removeConversations } from './erasure.js';
export type { ChainInventory } from './erasure.js';
export { findMessage } from './earlier-messages.js';
export { conversationPorts } from './ports.js';
export type { ConversationPorts } from './ports.js';
