import { accessDirectory, teamIdsOf } from '#access/user';
import type { ChannelAccess, Viewer } from '#access/user';
import type { LiveViews } from '#event-sourcing';
import type { Collection, SavedReply, SavedReplyDirectory } from '../collection/index.js';

/** For whom replies are looked up. */
export interface Sender {
  readonly userId: string;
  readonly teamIds: readonly string[];
  readonly channels: ChannelAccess;
}

export interface FoundReply {
  readonly collection: Collection;
  readonly reply: SavedReply;
}

/** Where something is offered: everywhere, or where one of these channels is the current one. */
export type OfferedOn = 'everywhere' | ReadonlySet<string>;

/** REP-1: where a collection is offered to the sender; `undefined`: nowhere. */
export function offeredOn(collection: Collection, sender: Sender): OfferedOn | undefined {
  const { ownerId, archived, channelIds, teamIds } = collection;
  if (archived) return undefined;
  if (ownerId !== undefined) return ownerId === sender.userId ? 'everywhere' : undefined;
  if (channelIds.length === 0 && teamIds.length === 0) return 'everywhere';
  if (teamIds.some((teamId) => sender.teamIds.includes(teamId))) return 'everywhere';
  const reached = channelIds.filter((id) => sender.channels === 'all' || sender.channels.has(id));
  return reached.length === 0 ? undefined : new Set(reached);
}

/** The replies that are offered to the sender; with a channel, those that are offered while it is the current one. */
export function offeredReplies(
  collections: SavedReplyDirectory,
  sender: Sender,
  channelId: string | undefined,
): readonly FoundReply[] {
  return [...collections.values()].flatMap((collection) => {
    const on = offeredOn(collection, sender);
    const here = on === 'everywhere' || (on !== undefined && (channelId === undefined || on.has(channelId)));
    return here ? [...collection.replies.values()].map((reply) => ({ collection, reply })) : [];
  });
}

/** The reply of this id, wherever it is offered to the sender. */
export function offeredReply(
  collections: SavedReplyDirectory,
  sender: Sender,
  replyId: string,
): (FoundReply & { readonly on: OfferedOn }) | undefined {
  const collection = [...collections.values()].find(({ replies }) => replies.has(replyId));
  const reply = collection?.replies.get(replyId);
  const on = collection && offeredOn(collection, sender);
  return collection && reply && on && { collection, reply, on };
}

/** REP-3: all words of the query stand in shortcut, title or text, whatever their case and accents. */
export function matchesQuery({ shortcut, title, text }: SavedReply, query: string): boolean {
  const searched = folded(`${shortcut} ${title} ${text}`);
  return folded(query)
    .split(/\s+/)
    .every((word) => searched.includes(word));
}

const folded = (text: string): string => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();

/** The viewer as a sender. */
export function senderOf(views: LiveViews, { userId, channels }: Viewer): Sender {
  return { userId, channels, teamIds: teamIdsOf(views.read(accessDirectory), userId) };
}
