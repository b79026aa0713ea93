export { giveBackConversations } from './give-back.js';
export type { UndoneMerge } from './give-back.js';
export { handOverConversations } from './hand-over.js';
export type { MergeOfChains, MergingPorts } from './hand-over.js';
export { givenBackTo, moveGivenBack } from './move-messages.js';
