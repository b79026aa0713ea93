import type { IndexDeclaration } from '#event-sourcing';

export const messageSearchModel = 'search-messages';
export const messageSearchSchema = 1;
/** Words and channel by value, then newest first: each channel that the viewer has is a stretch of the index. */
export const messageSearchIndexes: readonly IndexDeclaration[] = [{ key: { tokens: 1, channelId: 1, _id: -1 } }];

/** The words of one message; its id is its place in the log, so that the newest has the highest. */
export interface SearchedMessage {
  readonly messageId: string;
  readonly conversationId: string;
  readonly contactId: string;
  /** Contact whose identity wrote or was written to. */
  readonly subjectId: string;
  readonly channelId: string;
  readonly at: string;
  readonly tokens: readonly string[];
}
