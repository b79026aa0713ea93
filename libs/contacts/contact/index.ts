export { contactEvents, contactStream, valueSources } from './events.js';
export type { ContactEvent, ValueSource } from './events.js';
