import { savedReplyUsesProjection } from './uses/index.js';

export { SavedRepliesModule } from './saved-replies.module.js';

/** The context's read models. */
export const savedRepliesProjections = [savedReplyUsesProjection];
