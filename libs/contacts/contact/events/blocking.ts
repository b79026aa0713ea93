import { defineEvent, field, personal } from '#event-sourcing';
import type { DomainEvent } from '#event-sourcing';

/**
 * From now on nothing of the contact's opens a conversation. `blockId` tells this block from an earlier one; of a block
 * that a merge brought along it is the merge's id.
 */
export type ContactBlocked = DomainEvent<
  'ContactBlocked',
  { readonly contactId: string; readonly blockId: string; readonly reason?: string }
>;
/** The contact may write to us again; what came meanwhile does not come back. */
export type ContactUnblocked = DomainEvent<'ContactUnblocked', { readonly contactId: string }>;
/** The blocked contact wrote: when and as whom, never what. */
export type InboundMessageBlocked = DomainEvent<
  'InboundMessageBlocked',
  {
    readonly contactId: string;
    readonly messageId: string;
    readonly channelId: string;
    readonly identityKey: string;
    /** The channel's time. */
    readonly sentAt?: string;
  }
>;

export const blockingEvents = [
  defineEvent<ContactBlocked>({
    type: 'ContactBlocked',
    version: 1,
    sentence: 'From now on nothing of the contact’s opens a conversation, and none leaves to it.',
    fields: {
      contactId: field('id'),
      blockId: field('id'),
      reason: personal('contactId', 'text', { optional: true }),
    },
  }),
  defineEvent<ContactUnblocked>({
    type: 'ContactUnblocked',
    version: 1,
    sentence: 'The contact may write to us again; what came meanwhile does not come back.',
    fields: { contactId: field('id') },
  }),
  defineEvent<InboundMessageBlocked>({
    type: 'InboundMessageBlocked',
    version: 1,
    sentence: 'The blocked contact wrote: when and as whom, never what.',
    fields: {
      contactId: field('id'),
      messageId: field('id'),
      channelId: field('id'),
      identityKey: field('hash'),
      sentAt: field('instant', { optional: true }),
    },
  }),
];
