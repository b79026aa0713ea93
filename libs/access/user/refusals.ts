import type { Refusal } from '#event-sourcing';

export type UserRefusal =
  | Refusal<'not-found'>
  | (Refusal<'unknown-channel'> & { readonly channelId: string })
  | (Refusal<'not-at-work'> & { readonly userId: string })
  | (Refusal<'no-place-free'> & { readonly userId: string })
  | (Refusal<'busier-than-known'> & { readonly userId: string; readonly open: number })
  | (Refusal<'user-exists'> & { readonly userId: string })
  | Refusal<'access-to-all-channels'>;

export const userRefusals: readonly {
  readonly code: UserRefusal['code'];
  readonly rule: string;
  readonly sentence: string;
}[] = [
  { code: 'not-found', rule: 'ASG-6', sentence: 'There is no such user.' },
  { code: 'user-exists', rule: 'ASG-6', sentence: 'There is a user with this id already.' },
  {
    code: 'not-at-work',
    rule: 'ASG-7',
    sentence: 'Routing gives nothing to a colleague who is not online, or has left.',
  },
  {
    code: 'no-place-free',
    rule: 'ASG-7',
    sentence: 'The colleague has as many open conversations as routing gives one.',
  },
  {
    code: 'busier-than-known',
    rule: 'ASG-7',
    sentence: 'The colleague has more open conversations than was thought when they were chosen as the least busy.',
  },
  { code: 'unknown-channel', rule: 'ASG-6', sentence: 'There is no such channel to give access to; it is named.' },
  {
    code: 'access-to-all-channels',
    rule: 'ASG-6',
    sentence: 'The user has access to every channel; a single one can be taken away only by naming those that stay.',
  },
];
