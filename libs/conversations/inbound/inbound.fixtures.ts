import type { LiveView, LiveViews, Origin, DomainEvent, CommandRunner, Ids } from '#event-sourcing';
import { accessDirectory } from '#access/user';
import type { User } from '#access/user';
import { channelDirectory } from '#channels/channel';
import type { Channel } from '#channels/channel';
import { createConversationChains } from '../chain/index.js';
import type { ConversationPorts } from '../chain/index.js';
import { closingNotesDirectory } from '../closing-notes/index.js';
import { routingDirectory } from '#routing/rules';
import { settingsDirectory } from '#settings/settings';
import type { InboundMessage } from './delivery.js';

const channels: readonly Channel[] = [
  { channelId: 'shop', medium: 'custom', name: 'Shop', idScope: 'shop', enabled: true, secrets: {} },
  { channelId: 'desk', medium: 'custom', name: 'Desk', idScope: 'shop', enabled: true, secrets: {} },
  { channelId: 'other', medium: 'custom', name: 'Other', idScope: 'other', enabled: true, secrets: {} },
  { channelId: 'off', medium: 'custom', name: 'Off', idScope: 'shop', enabled: false, secrets: {} },
];
const common = { role: 'agent', active: true, presence: 'unseen', places: new Set<string>() } as const;
const users: readonly User[] = [
  { userId: 'ann', name: 'Ann', ...common, allChannels: true, channels: new Set() },
  { userId: 'bob', name: 'Bob', ...common, allChannels: false, channels: new Set(['shop', 'off']) },
  { userId: 'out', name: 'Out', ...common, allChannels: false, channels: new Set(['other']) },
];

/** The configuration of the tests, as if it had been followed to the end. */
const configuration = new Map<unknown, unknown>([
  [channelDirectory, new Map(channels.map((channel) => [channel.channelId, channel]))],
  [accessDirectory, { users: new Map(users.map((user) => [user.userId, user])), teams: new Map() }],
  [closingNotesDirectory, closingNotesDirectory.initial],
  [settingsDirectory, settingsDirectory.initial],
  [routingDirectory, routingDirectory.initial],
]);

export const views: LiveViews = {
  ready: true,
  position: 0,
  read: <S, E extends DomainEvent>(view: LiveView<S, E>) => configuration.get(view) as S,
  waitFor: () => Promise.resolve(),
};

/** One process of several on the same store. */
export const processWith = (runner: CommandRunner, ids: Ids): ConversationPorts => ({
  runner,
  ids,
  views,
  clock: { now: () => '2026-03-02T10:00:00.000Z', sleep: () => Promise.resolve() },
  chains: createConversationChains(runner),
});

export function originOf(commandId: string, { at = '2026-03-02T10:00:00.000Z', actor = 'shop' } = {}): Origin {
  const role = actor === 'shop' ? 'contact' : 'agent';
  const header = { commandId, commandHash: 'hash', correlationId: commandId, causationId: commandId, at };
  return { header: { ...header, actor: { id: actor, role } }, options: {} };
}

export const message = (externalMessageId: string, rest: Partial<InboundMessage> = {}): InboundMessage => ({
  channelId: 'shop',
  type: 'message',
  externalMessageId,
  from: { externalUserId: 'jane', displayName: 'Jane Doe' },
  text: `text of ${externalMessageId}`,
  sentAt: '2026-03-02T09:59:59.000Z',
  ...rest,
});
