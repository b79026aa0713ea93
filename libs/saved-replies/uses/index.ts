export { savedReplyUsesModel, savedReplyUsesProjection } from './project.js';
export type { SavedReplyUses } from './project.js';
