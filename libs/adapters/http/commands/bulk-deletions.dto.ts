import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsInt, IsObject, Matches, Max, Min } from 'class-validator';
import { ifGiven, Text } from '../bodies/fields.js';

/** Whom it concerns: either a condition, as groups take it, or how long there was no conversation. */
export class SelectionBody {
  @ifGiven()
  @IsObject()
  @ApiPropertyOptional({ type: 'object', additionalProperties: true })
  readonly condition?: object;

  /** Days without a conversation. */
  @ifGiven()
  @IsInt()
  @Min(1)
  @Max(36_500)
  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 36_500 })
  readonly inactiveDays?: number;
}

export class BulkDeletionBody extends SelectionBody {
  /** As the preview counted: another number of contacts is refused. */
  @IsInt()
  @Min(0)
  @Max(1_000_000_000)
  @ApiProperty({ type: 'integer', minimum: 0 })
  readonly count!: number;

  /** As the preview answered it: other contacts, though as many, are refused. */
  @Matches(/^[0-9a-f]{32}$/, { message: 'fingerprint must be the preview’s' })
  @ApiProperty({ type: String })
  readonly fingerprint!: string;

  /** `requested`, `retention`, `mistake`, `legal`, or a code of the admin's own list. */
  @Text(64) readonly reason!: string;
}
