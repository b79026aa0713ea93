import { teamEvents } from './team/index.js';
import { userEvents } from './user/index.js';

export { AccessModule } from './access.module.js';

/** The context's part of the catalogue. */
export const accessEvents = {
  categories: [...userEvents.categories, ...teamEvents.categories],
  definitions: [...userEvents.definitions, ...teamEvents.definitions],
};
