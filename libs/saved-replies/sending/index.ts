export { renderedReply } from './rendered-reply.js';
export { replyToSend, sendingRefusals } from './reply-to-send.js';
export type { ReplyToSend, SendingRefusal } from './reply-to-send.js';
