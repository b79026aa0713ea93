import type { Command } from '#event-sourcing';

/** What the channel says about a message. */
export type DeliveryReport =
  | { readonly state: 'handedToChannel'; readonly externalMessageId?: string }
  | { readonly state: 'delivered' | 'read' }
  | { readonly state: 'failed'; readonly reason: string };

export type ReportDelivery = Command<
  'ReportDelivery',
  {
    readonly messageId: string;
    readonly conversationId: string;
    readonly contactId: string;
    readonly channelId: string;
    readonly report: DeliveryReport;
  }
>;
