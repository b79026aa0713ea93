import type { ConversationEvent } from '../events.js';
import type { ConversationRefusal } from '../refusals.js';

export type Decision = readonly ConversationEvent[] | ConversationRefusal;
