import type { Refusal } from '#event-sourcing';

export type CollectionRefusal =
  | Refusal<'not-found'>
  | Refusal<'shared-by-admins'>
  | Refusal<'personal-not-shared'>
  | (Refusal<'unknown-channel'> & { readonly channelId: string })
  | (Refusal<'unknown-team'> & { readonly teamId: string })
  | (Refusal<'shortcut-taken'> & { readonly replyId: string })
  | (Refusal<'unknown-variable'> & { readonly variable: string });

export const collectionRefusals: readonly {
  readonly code: CollectionRefusal['code'];
  readonly rule: string;
  readonly sentence: string;
}[] = [
  { code: 'shared-by-admins', rule: 'REP-1', sentence: 'Only admins make and change what is shared.' },
  { code: 'personal-not-shared', rule: 'REP-1', sentence: 'A personal collection is offered to nobody else.' },
  {
    code: 'shortcut-taken',
    rule: 'REP-2',
    sentence: 'Another reply of the collection has this shortcut; it is named.',
  },
  { code: 'unknown-variable', rule: 'REP-2', sentence: 'There is no such variable; it is named as it is written.' },
];
