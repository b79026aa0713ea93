export { createConversationChains, lastConversation, newestLink, openingAfter } from './chain.js';
export type { BegunConversation, ChainHead, ChainLink, ConversationChains } from './chain.js';
export { inventoryOf, recentMessagesOf, removeConversations, sealConversations } from './erasure.js';
export type { ChainInventory } from './erasure.js';
export { findMessage } from './earlier-messages.js';
export { nextOpening } from './next-opening.js';
export { conversationPorts } from './ports.js';
export type { ConversationPorts } from './ports.js';
export { closeAndSeal, findSeal } from './sealing.js';
