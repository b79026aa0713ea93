import { queueViews } from '#conversations/queue';
import type { QueueView } from '#conversations/queue';
import { OptionalOneOf } from '../bodies/fields.js';
import { QueueFilterQuery } from '../conventions/queue-filter.js';

/** Neither a text nor pages: what a text finds is not told live, and a stream has no part. */
export class LiveQueueQuery extends QueueFilterQuery {
  /** What is closed does not change. */
  @OptionalOneOf(queueViews) readonly view?: QueueView;
}
