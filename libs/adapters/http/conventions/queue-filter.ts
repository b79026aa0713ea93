import { media } from '#channels/channel';
import type { Medium } from '#channels/channel';
import { queueStatuses } from '#conversations/queue';
import type { QueueStatus } from '#conversations/queue';
import { OptionalDuration } from '../bodies/duration.js';
import { OptionalId, OptionalOneOf } from '../bodies/fields.js';

/** What the queue can be narrowed down to, in its list, live, and for many at once; all that is given must hold. */
export class QueueFilterQuery {
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
