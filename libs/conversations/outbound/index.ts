export type { DeliveryReport } from './commands.js';
export { outboundEvents, outboundStream } from './events.js';
export type { OutboundEvent } from './events.js';
export type { DeliveryRefusal } from './report.js';
export { outboundHandlers, ReportDelivery } from './handlers.js';
