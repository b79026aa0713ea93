import type { Refusal } from '#event-sourcing';

export type ChannelRefusal = Refusal<'not-found'> | Refusal<'id-scope-fixed'>;

export const channelRefusals: readonly {
  readonly code: ChannelRefusal['code'];
  readonly rule: string;
  readonly sentence: string;
}[] = [
  { code: 'not-found', rule: 'ASG-6', sentence: 'There is no such channel.' },
  {
    code: 'id-scope-fixed',
    rule: 'CON-2',
    sentence: 'The id scope of a channel is fixed: another one would make strangers of all its people.',
  },
];
