import type { LiveView } from '#event-sourcing';
import type { AttributesEvent } from './events.js';
import { evolve, initial } from './state.js';
import type { AttributeCatalogue } from './state.js';

/** All attribute definitions in memory, in the admin's order (decision 5). */
export const attributeDirectory: LiveView<AttributeCatalogue, AttributesEvent> = {
  name: 'attributes',
  categories: ['attributes'],
  initial,
  evolve,
};
