import { commandHeader } from '#event-sourcing-testing';
import type { UserCommand } from './commands.js';
import type { UserEvent } from './events.js';

export const header = commandHeader();

export const userId = 'ann';

export const knownChannels = new Set(['c1', 'c2', 'c3']);

export const registered: UserEvent = { type: 'UserRegistered', data: { userId, name: 'Ann', role: 'agent' } };

export const deactivated: UserEvent = { type: 'UserDeactivated', data: { userId } };

export const grant = (channelId: string): UserCommand => ({
  ...header,
  type: 'GrantChannelAccess',
  userId,
  channelId,
  knownChannels,
});

export const revoke = (channelId: string): UserCommand => ({
  ...header,
  type: 'RevokeChannelAccess',
  userId,
  channelId,
});

export const replace = (...channelIds: string[]): UserCommand => ({
  ...header,
  type: 'ReplaceChannelAccess',
  userId,
  channelIds,
  knownChannels,
});

export const be = (presence: 'online' | 'away' | 'offline'): UserCommand => ({
  ...header,
  type: 'SetPresence',
  presence,
});

export const reserve = (
  conversationId: string,
  terms: { readonly limit?: number; readonly atMost?: number; readonly onlyOnline?: boolean },
): UserCommand => {
  const { limit = null, atMost = null, onlyOnline = false } = terms;
  return { ...header, type: 'ReservePlace', conversationId, limit, atMost, onlyOnline };
};

export const hold = (type: 'TakePlace' | 'FreePlace', conversationId: string): UserCommand => ({
  ...header,
  type,
  conversationId,
});

export const grantAll = { ...header, type: 'GrantAllChannelAccess', userId } as const;
