import type { Decider } from '#event-sourcing';
import type { ChangeChannel, ChannelCommand, ConnectChannel, SealedSecrets } from './commands.js';
import type { ChannelEvent } from './events.js';
import type { ChannelRefusal } from './refusals.js';
import { evolve, initial } from './state.js';
import type { Channel, ChannelState } from './state.js';

type Decision = readonly ChannelEvent[] | ChannelRefusal;

function decide(command: ChannelCommand, channel: ChannelState): Decision {
  switch (command.type) {
    case 'ConnectChannel':
      return connect(command, channel);
    case 'ChangeChannel':
      return channel ? change(command, channel) : { code: 'not-found' };
  }
}

function connect(command: ConnectChannel, channel: ChannelState): Decision {
  const { channelId, medium, name, idScope, region, secrets } = command;
  if (channel) return [];
  return [
    { type: 'ChannelConnected', data: { channelId, medium, name, idScope } },
    ...regionChanged(channelId, region, undefined),
    ...secretsSet(channelId, secrets, undefined),
  ];
}

function change(command: ChangeChannel, channel: Channel): Decision {
  const { channelId, name, enabled, idScope, closeAfter, region, secrets } = command;
  if (idScope !== undefined && idScope !== channel.idScope) return { code: 'id-scope-fixed' };
  const events: ChannelEvent[] = [];
  if (name !== undefined && name !== channel.name) events.push({ type: 'ChannelRenamed', data: { channelId, name } });
  events.push(...regionChanged(channelId, region, channel), ...secretsSet(channelId, secrets, channel));
  if (closeAfter === null && channel.closeAfter !== undefined) {
    events.push({ type: 'ChannelInactivityLimitLifted', data: { channelId } });
  } else if (closeAfter && closeAfter !== channel.closeAfter) {
    events.push({ type: 'ChannelInactivityLimitSet', data: { channelId, after: closeAfter } });
  }
  if (enabled !== undefined && enabled !== channel.enabled) {
    events.push({ type: enabled ? 'ChannelEnabled' : 'ChannelDisabled', data: { channelId } });
  }
  return events;
}

function regionChanged(channelId: string, region: ChangeChannel['region'], channel: ChannelState): ChannelEvent[] {
  if (region === undefined || region === (channel?.region ?? null)) return [];
  if (region === null) return [{ type: 'ChannelRegionRemoved', data: { channelId } }];
  return [{ type: 'ChannelRegionSet', data: { channelId, region } }];
}

/** Sealed text differs each time it is made: a secret given again is replaced by its like, which harms nobody. */
function secretsSet(channelId: string, secrets: SealedSecrets, channel: ChannelState): ChannelEvent[] {
  return secrets
    .filter(({ secret, sealed }) => channel?.secrets[secret] !== sealed)
    .map(({ secret, sealed }) => ({ type: 'ChannelSecretSet', data: { channelId, secret, sealed } }));
}

export const channelDecider: Decider<ChannelCommand, ChannelEvent, ChannelState, ChannelRefusal> = {
  initial,
  evolve,
  decide,
};
