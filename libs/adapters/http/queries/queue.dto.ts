import { media } from '#channels/channel';
import type { Medium } from '#channels/channel';
import { queueViews } from '#conversations/queue';
import type { QueueView } from '#conversations/queue';
import { OptionalId, OptionalOneOf } from '../bodies/fields.js';
import { PageQuery } from '../conventions/page.js';

export class QueueQuery extends PageQuery {
  @OptionalOneOf(['new', 'pending', 'snoozed']) readonly status?: 'new' | 'pending' | 'snoozed';
  @OptionalOneOf(queueViews) readonly view?: QueueView;
  /** The current channel. */
  @OptionalId() readonly channel?: string;
  @OptionalOneOf(media) readonly medium?: Medium;
  @OptionalOneOf(['vip']) readonly group?: 'vip';
  /** Id of a user. */
  @OptionalId() readonly assignee?: string;
}
