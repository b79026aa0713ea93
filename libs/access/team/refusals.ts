import type { Refusal } from '#event-sourcing';

export type TeamRefusal =
  | Refusal<'not-found'>
  | Refusal<'team-archived'>
  | (Refusal<'unknown-user'> & { readonly userId: string })
  | (Refusal<'unknown-channel'> & { readonly channelId: string });

export const teamRefusals: readonly {
  readonly code: TeamRefusal['code'];
  readonly rule: string;
  readonly sentence: string;
}[] = [
  { code: 'team-archived', rule: 'ASG-6', sentence: 'The team is archived: nothing of it changes any more.' },
  { code: 'unknown-user', rule: 'ASG-6', sentence: 'There is no such user; they are named.' },
];
