import type { Misfit } from '#attributes/attributes';
import type { Refusal } from '#event-sourcing';
import type { ValueSource } from './events/attributes.js';

export type ContactRefusal =
  | Refusal<'not-found'>
  | Refusal<'contact-deleted'>
  | (Refusal<'unknown-attribute'> & { readonly alias: string })
  | (Refusal<'platform-attribute'> & { readonly alias: string })
  | (Refusal<'attribute-disabled'> & { readonly alias: string })
  | (Refusal<'managed-attribute'> & { readonly alias: string })
  | (Refusal<'source-not-allowed'> & { readonly source: ValueSource })
  | (Refusal<'attribute-misfit'> & { readonly alias: string; readonly reason: Misfit })
  | Refusal<'vip-disabled'>
  | (Refusal<'assignee-without-access'> & { readonly userId: string })
  | (Refusal<'conversation-open'> & { readonly conversationId: string })
  | (Refusal<'unknown-team'> & { readonly teamId: string })
  /** The primary is the last one of its chain of merges where the edge has followed it. */
  | (Refusal<'contact-merged'> & { readonly contactId: string; readonly primaryId: string })
  | (Refusal<'already-merged'> & { readonly contactId: string; readonly primaryId: string })
  | (Refusal<'winner-needed'> & { readonly aliases: readonly string[] })
  | (Refusal<'unknown-winner'> & { readonly alias: string })
  | (Refusal<'merge-undone'> & { readonly mergeId: string })
  | (Refusal<'later-merge-first'> & { readonly mergeId: string })
  | Refusal<'hint-mismatch'>
  | Refusal<'hint-changed'>;

export const contactRefusals: readonly {
  readonly code: ContactRefusal['code'];
  readonly rule: string;
  readonly sentence: string;
}[] = [
  { code: 'not-found', rule: 'ASG-6', sentence: 'There is no such thing, or none that the caller has access to.' },
  { code: 'contact-deleted', rule: 'DEL-6', sentence: 'The contact is deleted, or about to be.' },
  { code: 'unknown-attribute', rule: 'ATT-1', sentence: 'There is no attribute under this alias.' },
  {
    code: 'platform-attribute',
    rule: 'ATT-1',
    sentence: 'The attribute is filled from the channel; nobody else can change it.',
  },
  { code: 'attribute-disabled', rule: 'ATT-3', sentence: 'The attribute is switched off.' },
  {
    code: 'managed-attribute',
    rule: 'ATT-5',
    sentence: 'The CRM fills the attribute; people do not.',
  },
  {
    code: 'source-not-allowed',
    rule: 'ATT-4',
    sentence: 'The caller cannot say that a value comes from there; the source is named.',
  },
  {
    code: 'attribute-misfit',
    rule: 'ATT-2',
    sentence: 'The value does not fit the attribute’s format; the reason is named.',
  },
  { code: 'vip-disabled', rule: 'ATT-6', sentence: 'VIP is switched off; nobody can be marked.' },
  {
    code: 'contact-merged',
    rule: 'CON-5',
    sentence: 'The contact was merged into another one, which speaks for it; it is named.',
  },
  { code: 'already-merged', rule: 'CON-5', sentence: 'The secondary was merged into another contact; it is named.' },
  {
    code: 'winner-needed',
    rule: 'CON-5',
    sentence: 'Both contacts have a value for these attributes: say for each whose it is to be.',
  },
  { code: 'unknown-winner', rule: 'CON-5', sentence: 'Only one of the two contacts can have the value that stays.' },
  { code: 'merge-undone', rule: 'CON-5', sentence: 'The merge is not in force any more.' },
  {
    code: 'later-merge-first',
    rule: 'CON-5',
    sentence: 'A later merge stands on this one and is undone first; it is named.',
  },
  { code: 'hint-mismatch', rule: 'DEL-1', sentence: 'The hint is not that of the contact.' },
  { code: 'hint-changed', rule: 'DEL-1', sentence: 'The contact’s hint has changed; look again before deleting.' },
];
