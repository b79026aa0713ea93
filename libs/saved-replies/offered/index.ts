export { matchesQuery, offeredOn, offeredReplies, offeredReply, senderOf } from './offered.js';
export type { FoundReply, OfferedOn, Sender } from './offered.js';
