import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsString,
  Length,
  Matches,
  IsInt,
  IsNumber,
  IsObject,
  IsOptional,
  Max,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { closingNoteModes } from '#conversations/closing-notes';
import type { ClosingNoteMode } from '#conversations/closing-notes';
import { mostOpenPerAgent, waitingWeights } from '#settings/settings';
import { ClearableText, ifGiven, OptionalOneOf, OptionalFlag } from '../bodies/fields.js';

const { least, most } = waitingWeights;

/** A whole number, or `null`: no limit. */
function OptionalLimit(max: number): PropertyDecorator {
  return applyDecorators(
    IsOptional(),
    IsInt(),
    Min(1),
    Max(max),
    ApiPropertyOptional({ oneOf: [{ type: 'integer', minimum: 1, maximum: max }, { type: 'null' }] }),
  );
}

export class ClosingNoteSettings {
  @OptionalOneOf(closingNoteModes) readonly mode?: ClosingNoteMode;
  /** The category that automatic closes take; `null`: none. */
  @ClearableText(200) readonly automaticCategory?: string | null;
}

/** What is not named stays as it is. */
export class SettingsBody {
  @OptionalFlag() readonly removeAssignmentWhenOffline?: boolean;

  @OptionalLimit(mostOpenPerAgent) readonly maxOpenPerAgent?: number | null;

  /** 0: waiting has no weight. */
  @ValidateIf((_body, value) => value !== undefined && value !== 0)
  @Min(least)
  @Max(most)
  @IsNumber()
  @ApiPropertyOptional({ type: Number, minimum: 0, maximum: most })
  readonly waitingPointsPerMinute?: number;

  /** Alias, or `medium.alias`; `null`: contacts are linked by no attribute. */
  @IsOptional()
  @Matches(/^[\x21-\x7e]{1,200}$/, { message: '$property must be 1 to 200 visible ASCII characters' })
  @ApiPropertyOptional({ oneOf: [{ type: 'string' }, { type: 'null' }] })
  readonly matchingAttribute?: string | null;

  /** Values that stand where one is missing: they link nobody. */
  @ifGiven()
  @IsArray()
  @ArrayMaxSize(200)
  @IsString({ each: true })
  @Length(1, 100, { each: true })
  @ApiPropertyOptional({ type: [String], maxItems: 200 })
  readonly linkPlaceholders?: readonly string[];

  /** Codes that may be given as the reason of a deletion, besides the built-in ones. */
  @ifGiven()
  @IsArray()
  @ArrayMaxSize(50)
  @Matches(/^[a-z][a-z0-9-]{0,63}$/, {
    each: true,
    message: '$property must be codes of lower-case letters, digits and hyphens',
  })
  @ApiPropertyOptional({ type: [String], maxItems: 50 })
  readonly deletionReasons?: readonly string[];

  @ifGiven()
  @IsObject()
  @ValidateNested()
  @Type(() => ClosingNoteSettings)
  @ApiProperty({ type: ClosingNoteSettings, required: false })
  readonly closingNotes?: ClosingNoteSettings;
}
