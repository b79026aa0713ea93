export { inboundHandlers, ReceiveInboundMessage } from './handlers.js';
export type { InboundMessage, InboundRefusal, InboundResult } from './receive.js';
