import type { ChannelAccess } from '#access/user';
import type { OpenConversationState } from '../open-conversation.js';
import type { ClosedConversationState } from '../state.js';

export const allows = (access: ChannelAccess, channelId: string): boolean => access === 'all' || access.has(channelId);

/** What lives only on channels that the sender lacks does not exist for them (ASG-6). */
export const sees = (access: ChannelAccess, { channelIds }: OpenConversationState | ClosedConversationState): boolean =>
  access === 'all' || [...channelIds].some((channelId) => access.has(channelId));
