export type { RedactionTarget } from './commands.js';
export { redactionEvents, redactionStream } from './events.js';
export type {
  AttributeValuesRedacted,
  ContactNoteRedacted,
  InternalNoteRedacted,
  MessageRedacted,
  RedactionEvent,
} from './events.js';
export { RedactContent, redactionHandlers } from './handlers.js';
export { redactionRefusals } from './refusals.js';
export type { RedactionRefusal } from './refusals.js';
