import type { Refusal } from '#event-sourcing';

export type TopicsRefusal = Refusal<'not-found'> | (Refusal<'topic-exists'> & { readonly topicId: string });

export const topicsRefusals: readonly {
  readonly code: TopicsRefusal['code'];
  readonly rule: string;
  readonly sentence: string;
}[] = [{ code: 'topic-exists', rule: 'CNV-7', sentence: 'A topic of this name can be set already; it is named.' }];
