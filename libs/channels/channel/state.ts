import type { ChannelEvent, ChannelSecretName } from './events.js';
import type { Medium } from './media.js';

export interface Channel {
  readonly channelId: string;
  readonly medium: Medium;
  readonly name: string;
  readonly idScope: string;
  readonly enabled: boolean;
  /** ISO 8601 duration after which idle conversations are closed (CNV-8); not there: never. */
  readonly closeAfter?: string | undefined;
  /** ISO 3166 code of the region of numbers without a country (LNK-2); not there: they match nothing. */
  readonly region?: string | undefined;
  /** Sealed by the port Secrets. */
  readonly secrets: Readonly<Partial<Record<ChannelSecretName, string>>>;
}

/** `undefined`: never connected. */
export type ChannelState = Channel | undefined;

export const initial: ChannelState = undefined;

export function evolve(channel: ChannelState, event: ChannelEvent): ChannelState {
  if (event.type === 'ChannelConnected') return { ...event.data, enabled: true, secrets: {} };
  if (!channel) return undefined;
  switch (event.type) {
    case 'ChannelRenamed':
      return { ...channel, name: event.data.name };
    case 'ChannelSecretSet':
      return { ...channel, secrets: { ...channel.secrets, [event.data.secret]: event.data.sealed } };
    case 'ChannelInactivityLimitSet':
      return { ...channel, closeAfter: event.data.after };
    case 'ChannelInactivityLimitLifted':
      return { ...channel, closeAfter: undefined };
    case 'ChannelRegionSet':
      return { ...channel, region: event.data.region };
    case 'ChannelRegionRemoved':
      return { ...channel, region: undefined };
    case 'ChannelDisabled':
      return { ...channel, enabled: false };
    case 'ChannelEnabled':
      return { ...channel, enabled: true };
  }
}
