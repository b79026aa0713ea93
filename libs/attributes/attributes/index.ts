export { attributeFormats, attributesEvents, attributesStream } from './events.js';
export type { AttributeFormat, AttributesEvent } from './events.js';
export type { AttributeValue } from './value.js';
