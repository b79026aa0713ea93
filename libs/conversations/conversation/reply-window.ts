import type { Medium } from '#channels/channel';
import type { Address, ReplyWindow } from './events/of-conversation.js';

/** How long after the person's last message a medium takes free text (CNV-5). Milliseconds. */
const windows: ReadonlyMap<Medium, number> = new Map([
  ['whatsapp', 24 * 3_600_000],
  ['messenger', 24 * 3_600_000],
]);

export const hasReplyWindow = (medium: Medium): boolean => windows.has(medium);

/**
 * Until when the channel takes free text after this message; `undefined`: always. Counted from the channel's time,
 * which is what the provider goes by, unless that lies in our future.
 */
export function replyUntilAfter(
  medium: Medium,
  { sentAt, at }: { readonly sentAt?: string; readonly at: string },
): string | undefined {
  const length = windows.get(medium);
  if (length === undefined) return undefined;
  const from = sentAt !== undefined && sentAt < at ? sentAt : at;
  return new Date(Date.parse(from) + length).toISOString();
}

/** The newest window of this identity on this channel, if it ever wrote. */
export function windowOf(known: readonly ReplyWindow[], { channelId, identityKey }: Address): ReplyWindow | undefined {
  return known.find((window) => window.channelId === channelId && window.identityKey === identityKey);
}
