import { media } from '#channels/channel';
import type { Medium } from '#channels/channel';
import { queueStatuses, queueViews } from '#conversations/queue';
import type { QueueStatus, QueueView } from '#conversations/queue';
import { OptionalDuration } from '../bodies/duration.js';
import { OptionalId, OptionalOneOf, OptionalText } from '../bodies/fields.js';
import { PageQuery } from '../conventions/page.js';

/** What the queue can be narrowed down to; all that is given must hold. */
export class QueueFilterQuery extends PageQuery {
  @OptionalOneOf(queueStatuses) readonly status?: QueueStatus;
  /** The current channel. */
  @OptionalId() readonly channel?: string;
  @OptionalOneOf(media) readonly medium?: Medium;
  /** Id of a contact group; `vip` is one. */
  @OptionalId() readonly group?: string;
  /** Id of a topic. */
  @OptionalId() readonly topic?: string;
  @OptionalId() readonly team?: string;
  /** Id of a user. */
  @OptionalId() readonly assignee?: string;
  /** Somebody has been waiting for at least so long. */
  @OptionalDuration() readonly waitingLonger?: string;
}

export class QueueQuery extends QueueFilterQuery {
  /** Words of the contact, or of what was written where the caller has access; the last may be half typed. */
  @OptionalText(200) readonly q?: string;
  @OptionalOneOf([...queueViews, 'closed']) readonly view?: QueueView | 'closed';
}
