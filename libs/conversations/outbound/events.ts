import { defineEvent, field, personal } from '#event-sourcing';
import type { DomainEvent } from '#event-sourcing';

/** The delivery of one outgoing message: a stream of its own, so that a closed conversation really is closed. */
export const outboundStream = (messageId: string): string => `outbound-${messageId}`;

interface OfMessage {
  readonly messageId: string;
  readonly conversationId: string;
  readonly contactId: string;
  readonly channelId: string;
}

/** The delivery begins; the message itself stands in the conversation. */
export type MessageQueued = DomainEvent<'MessageQueued', OfMessage>;
/** The channel took it; from now on it is the channel's to deliver. */
export type MessageHandedToChannel = DomainEvent<
  'MessageHandedToChannel',
  OfMessage & { readonly externalMessageId?: string }
>;
/** It reached the person's device. */
export type MessageDelivered = DomainEvent<'MessageDelivered', OfMessage>;
/** The person has seen it. */
export type MessageRead = DomainEvent<'MessageRead', OfMessage>;
/** It will never reach the person, for this reason of the channel's. */
export type MessageFailed = DomainEvent<'MessageFailed', OfMessage & { readonly reason: string }>;

export type OutboundEvent = MessageQueued | MessageHandedToChannel | MessageDelivered | MessageRead | MessageFailed;

const ofMessage = {
  messageId: field('id'),
  conversationId: field('id'),
  contactId: field('id'),
  channelId: field('id'),
};

export const outboundEvents = {
  categories: ['outbound'],
  definitions: [
    defineEvent<MessageQueued>({
      type: 'MessageQueued',
      version: 1,
      sentence: 'The delivery of an outgoing message begins.',
      fields: ofMessage,
    }),
    defineEvent<MessageHandedToChannel>({
      type: 'MessageHandedToChannel',
      version: 1,
      sentence: 'The channel took the message; from now on it is the channel’s to deliver.',
      fields: { ...ofMessage, externalMessageId: personal('contactId', 'text', { optional: true }) },
    }),
    defineEvent<MessageDelivered>({
      type: 'MessageDelivered',
      version: 1,
      sentence: 'The message reached the person’s device.',
      fields: ofMessage,
    }),
    defineEvent<MessageRead>({
      type: 'MessageRead',
      version: 1,
      sentence: 'The person has seen the message.',
      fields: ofMessage,
    }),
    defineEvent<MessageFailed>({
      type: 'MessageFailed',
      version: 1,
      sentence: 'The message will never reach the person; if it was the answer, they wait again.',
      fields: { ...ofMessage, reason: personal('contactId') },
    }),
  ],
};
