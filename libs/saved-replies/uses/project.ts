import { defineProjection } from '#event-sourcing';
import type { DomainEvent } from '#event-sourcing';

// What this model reads of the conversations' events. Conversations build on saved replies, never the other way round:
// so these are the model's own words for them, and its spec holds them against the events that are written.
export type ReplySent = DomainEvent<'ReplyWritten', { readonly savedReplyId?: string }>;

export const savedReplyUsesModel = 'savedReplyUses';

/** How often a saved reply was sent; its id is the reply's. */
export interface SavedReplyUses {
  readonly uses: number;
  readonly lastUsedAt: string;
}

export const savedReplyUsesProjection = defineProjection<SavedReplyUses, ReplySent>({
  name: savedReplyUsesModel,
  schema: 1,
  // Found by id.
  indexes: [],
  owners: () => [],
  on: {
    ReplyWritten: {
      key: ({ data }) => data.savedReplyId ?? [],
      project: (document, { metadata }) => ({ uses: (document?.uses ?? 0) + 1, lastUsedAt: metadata.at }),
    },
  },
});
