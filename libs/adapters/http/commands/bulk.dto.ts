import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMinSize, IsObject, ValidateNested } from 'class-validator';
import { queueViews } from '#conversations/queue';
import type { QueueView } from '#conversations/queue';
import {
  ifGiven,
  OneOf,
  OptionalIdList,
  OptionalOneOf,
  OptionalFlag,
  OptionalId,
  OptionalText,
} from '../bodies/fields.js';
import { OptionalInstant } from '../bodies/instant.js';
import { QueueFilterQuery } from '../conventions/queue-filter.js';

export const bulkActions = ['assign', 'close', 'topic', 'snooze'] as const;
export type BulkAction = (typeof bulkActions)[number];

/** Conversations in one request. */
export const mostAtOnce = 500;

/** The open conversations that the queue shows for it. */
export class BulkFilterBody extends QueueFilterQuery {
  @OptionalOneOf(queueViews) readonly view?: QueueView;
  @OptionalText(200) readonly q?: string;
}

/** What the action needs beside the conversations is what its single call takes. */
export class BulkBody {
  @OneOf(bulkActions) readonly action!: BulkAction;
  /** These, or what the filter finds. */
  @ifGiven()
  @ArrayMinSize(1)
  @OptionalIdList(mostAtOnce)
  readonly ids?: readonly string[];

  @ifGiven()
  @IsObject()
  @ValidateNested()
  @Type(() => BulkFilterBody)
  @ApiPropertyOptional({ type: BulkFilterBody })
  readonly filter?: BulkFilterBody;

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
