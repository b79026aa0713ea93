import type { Refusal } from '#event-sourcing';
import type { Medium } from './media.js';

export type ChannelRefusal =
  (Refusal<'medium-not-available'> & { readonly medium: Medium }) | Refusal<'not-found'> | Refusal<'id-scope-fixed'>;

export const channelRefusals: readonly {
  readonly code: ChannelRefusal['code'];
  readonly rule: string;
  readonly sentence: string;
}[] = [
  {
    code: 'medium-not-available',
    rule: 'CNV-4',
    sentence: 'Channels of this medium cannot be connected yet; it is named.',
  },
  { code: 'not-found', rule: 'ASG-6', sentence: 'There is no such channel.' },
  {
    code: 'id-scope-fixed',
    rule: 'CON-2',
    sentence: 'The id scope of a channel is fixed: another one would make strangers of all its people.',
  },
];
