export { savedReplyDirectory } from './directory.js';
export type { SavedReplyDirectory } from './directory.js';
export { collectionEvents } from './events.js';
export type { CollectionEvent } from './events.js';
export {
  AddSavedReply,
  ChangeCollection,
  collectionHandlers,
  CreateCollection,
  EditSavedReply,
  RemoveSavedReply,
} from './handlers.js';
export { collectionRefusals } from './refusals.js';
export type { CollectionRefusal } from './refusals.js';
export type { Collection, SavedReply } from './state.js';
