import { contactSearchProjection } from './contact-search/index.js';
import { messageSearchProjection } from './message-search/index.js';

/** The context's read models. */
export const searchProjections = [contactSearchProjection, messageSearchProjection];
