/**
 * Ids of a contact's newest inbound messages, oldest first, by the number of the conversation that holds them. An id is
 * a keyed hash of (channel, external message id), so the same delivery always has the same one.
 */
export interface KnownMessages {
  readonly conversations: readonly { readonly number: number; readonly messageIds: readonly string[] }[];
  /** False once older ones were dropped: then a message that is not here may still be an old one. */
  readonly complete: boolean;
  /** Newest channel time of any message before; only what was sent later is surely new when not complete. */
  readonly until?: string;
}

export const noKnownMessages: KnownMessages = { conversations: [], complete: true };
