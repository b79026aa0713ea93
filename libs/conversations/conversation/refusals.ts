import type { Refusal } from '#event-sourcing';

export type ConversationRefusal =
  | Refusal<'not-found'>
  | (Refusal<'conversation-open'> & { readonly conversationId: string })
  | (Refusal<'conversation-closed'> & { readonly conversationId: string; readonly openConversationId?: string })
  | (Refusal<'channel-disabled'> & { readonly channelId: string })
  | (Refusal<'not-reachable'> & { readonly channelId: string })
  | (Refusal<'assignee-without-access'> & { readonly userId: string })
  | (Refusal<'unknown-team'> & { readonly teamId: string })
  | (Refusal<'reply-window-closed'> & { readonly channelId: string; readonly replyUntil?: string })
  | (Refusal<'snooze-over'> & { readonly until: string })
  | (Refusal<'unknown-topic'> & { readonly topicId: string })
  | (Refusal<'mentioned-without-access'> & { readonly userId: string })
  | Refusal<'closing-note-off'>
  | Refusal<'category-required'>
  | Refusal<'summary-required'>
  | (Refusal<'unknown-category'> & { readonly categoryId: string })
  | Refusal<'not-closed'>
  | Refusal<'contact-deleted'>
  | Refusal<'contact-blocked'>;

export const conversationRefusals: readonly {
  readonly code: ConversationRefusal['code'];
  readonly rule: string;
  readonly sentence: string;
}[] = [
  { code: 'not-found', rule: 'ASG-6', sentence: 'There is no such thing, or none that the caller has access to.' },
  { code: 'conversation-open', rule: 'CNV-1', sentence: 'The contact has an open conversation; it is named.' },
  {
    code: 'conversation-closed',
    rule: 'CNV-4',
    sentence: 'The conversation is closed and takes nothing but its closing note; the open one is named, if any.',
  },
  { code: 'channel-disabled', rule: 'CNV-4', sentence: 'The channel is switched off.' },
  { code: 'not-reachable', rule: 'CNV-1', sentence: 'The contact has no identity on this channel.' },
  {
    code: 'assignee-without-access',
    rule: 'ASG-2',
    sentence: 'There is no such active user with access to the conversation’s current channel.',
  },
  { code: 'unknown-team', rule: 'ASG-2', sentence: 'There is no such team, or it is archived.' },
  {
    code: 'reply-window-closed',
    rule: 'CNV-5',
    sentence: 'The channel takes free text only for a time after the person wrote; that time is over.',
  },
  { code: 'snooze-over', rule: 'CNV-3', sentence: 'A conversation is snoozed until a time that is still to come.' },
  { code: 'unknown-topic', rule: 'CNV-7', sentence: 'There is no such topic to set.' },
  {
    code: 'mentioned-without-access',
    rule: 'CNV-6',
    sentence: 'There is no such active colleague with access to the conversation.',
  },
  { code: 'closing-note-off', rule: 'CNV-9', sentence: 'Closing notes are switched off.' },
  { code: 'category-required', rule: 'CNV-9', sentence: 'A closing note needs a category.' },
  { code: 'summary-required', rule: 'CNV-9', sentence: 'A closing note needs a summary.' },
  { code: 'unknown-category', rule: 'CNV-9', sentence: 'There is no such closing category to choose.' },
  { code: 'not-closed', rule: 'CNV-9', sentence: 'Only a closed conversation has a closing note to edit.' },
  { code: 'contact-deleted', rule: 'DEL-6', sentence: 'The contact is deleted, or about to be.' },
  {
    code: 'contact-blocked',
    rule: 'CON-6',
    sentence: 'The contact is blocked: no conversation opens, no message leaves.',
  },
];
