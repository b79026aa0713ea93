import type { ChannelProfile } from '#attributes/attributes';
import type { Channel } from '#channels/channel';
import type { ExternalIdentity } from '#contacts/identity';
import type { CommandHeader } from '#event-sourcing';
import type { ConversationPorts } from '../chain/index.js';

/** What a channel delivers. */
export interface InboundMessage {
  readonly channelId: string;
  readonly type: 'message' | 'welcome';
  readonly externalMessageId: string;
  readonly from: ChannelProfile & { readonly externalUserId: string };
  readonly text: string;
  /** The channel's time, RFC 3339 with any offset. */
  readonly sentAt?: string | undefined;
}

/** A message on its way, with everything about it that does not depend on who owns the identity. */
export interface Delivery {
  readonly message: InboundMessage;
  readonly header: CommandHeader;
  readonly channel: Channel;
  readonly identity: ExternalIdentity & { readonly identityKey: string };
  readonly messageId: string;
  readonly sentAt: string | undefined;
}

/** A command of its own for each stream: under one id, events of two streams would have the same ids. */
export function step({ ids }: ConversationPorts, header: CommandHeader, name: string, of: string): CommandHeader {
  return {
    ...header,
    commandId: ids.derivedUuid('inbound', name, header.commandId, of),
    causationId: header.commandId,
  };
}
