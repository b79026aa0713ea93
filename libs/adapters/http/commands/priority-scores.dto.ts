import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsObject, Max, Min, ValidateNested } from 'class-validator';
import { OptionalId, OptionalText } from '../bodies/fields.js';

const most = 1_000_000;

/** All that is named must hold. */
export class ScoreTermsBody {
  /** Id of a contact group; `vip` is one. */
  @OptionalId() readonly group?: string;
  /** Id of a topic. */
  @OptionalId() readonly topic?: string;
  /** The current channel. */
  @OptionalId() readonly channelId?: string;
}

export class PointsBody {
  /** Below zero ranks lower. */
  @Min(-most)
  @Max(most)
  @IsInt()
  @ApiProperty({ type: 'integer', minimum: -most, maximum: most })
  readonly points!: number;
}

export class AddPriorityScoreBody extends PointsBody {
  @OptionalText(200) readonly name?: string;

  @IsObject()
  @ValidateNested()
  @Type(() => ScoreTermsBody)
  @ApiProperty({ type: ScoreTermsBody })
  readonly when!: ScoreTermsBody;
}
