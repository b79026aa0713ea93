import type { LiveView } from '#event-sourcing';
import type { ChannelEvent } from './events.js';
import { evolve, initial } from './state.js';
import type { Channel } from './state.js';

export type ChannelDirectory = ReadonlyMap<string, Channel>;

/** All channels in memory: what inbound messages, replies and the admin's pages go by (decision 5). */
export const channelDirectory: LiveView<ChannelDirectory, ChannelEvent> = {
  name: 'channels',
  categories: ['channel'],
  initial: new Map(),
  evolve(channels, event) {
    const { channelId } = event.data;
    const channel = evolve(channels.get(channelId) ?? initial, event);
    return channel ? new Map(channels).set(channelId, channel) : channels;
  },
};
