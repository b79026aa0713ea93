export { inboundHandlers, ReceiveInboundMessage } from './handlers.js';
export type { InboundMessage } from './delivery.js';
export type { InboundRefusal, InboundResult } from './receive.js';
