import { IntersectionType } from '@nestjs/swagger';
import { queueViews } from '#conversations/queue';
import type { QueueView } from '#conversations/queue';
import { OptionalOneOf, OptionalText } from '../bodies/fields.js';
import { PageQuery } from '../conventions/page.js';
import { QueueFilterQuery } from '../conventions/queue-filter.js';

export class QueueQuery extends IntersectionType(QueueFilterQuery, PageQuery) {
  /** Words of the contact, or of what was written where the caller has access; the last may be half typed. */
  @OptionalText(200) readonly q?: string;
  @OptionalOneOf([...queueViews, 'closed']) readonly view?: QueueView | 'closed';
}
