import { conversationFactsProjection } from './conversation-facts/index.js';
import { retainedFactsEvents } from './retained-facts/index.js';

/** The context's part of the catalogue. */
export const reportingEvents = retainedFactsEvents;

/** The context's read models. */
export const reportingProjections = [conversationFactsProjection];
