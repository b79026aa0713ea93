import type { Refusal } from '#event-sourcing';

export type PriorityRefusal =
  | Refusal<'not-found'>
  | Refusal<'terms-needed'>
  | (Refusal<'unknown-group'> & { readonly groupId: string })
  | (Refusal<'unknown-topic'> & { readonly topicId: string })
  | (Refusal<'unknown-channel'> & { readonly channelId: string });

export const priorityRefusals: readonly {
  readonly code: PriorityRefusal['code'];
  readonly rule: string;
  readonly sentence: string;
}[] = [
  {
    code: 'terms-needed',
    rule: 'ASG-9',
    sentence: 'Points for every conversation change no order: name what earns them.',
  },
  { code: 'unknown-group', rule: 'ASG-9', sentence: 'There is no such contact group; it is named.' },
];
