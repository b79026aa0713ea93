import { ArrayMinSize } from 'class-validator';
import { IdList, OneOf, OptionalFlag, OptionalId, OptionalText } from '../bodies/fields.js';
import { OptionalInstant } from '../bodies/instant.js';

export const bulkActions = ['assign', 'close', 'topic', 'snooze'] as const;
export type BulkAction = (typeof bulkActions)[number];

/** What the action needs beside the conversations is what its single call takes. */
export class BulkBody {
  @OneOf(bulkActions) readonly action!: BulkAction;
  @ArrayMinSize(1)
  @IdList(500)
  readonly ids!: readonly string[];
  /** `assign`: to this user, or to this team; to neither: unassign. */
  @OptionalId() readonly userId?: string;
  @OptionalId() readonly teamId?: string;
  /** `close`. */
  @OptionalId() readonly category?: string;
  @OptionalText(4_000) readonly summary?: string;
  /** `topic`: set it, or remove it. */
  @OptionalId() readonly topicId?: string;
  @OptionalFlag() readonly remove?: boolean;
  /** `snooze`. */
  @OptionalInstant() readonly until?: string;
}
