import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsObject, ValidateNested } from 'class-validator';
import { closingNoteModes } from '#conversations/closing-notes';
import type { ClosingNoteMode } from '#conversations/closing-notes';
import { OneOf, OptionalId, Text } from '../bodies/fields.js';

export class AddClosingCategoryBody {
  @Text(200) readonly name!: string;
  /** The category that it stands under; nested one level. */
  @OptionalId() readonly parentId?: string;
}

export class ClosingNoteSettings {
  @OneOf(closingNoteModes) readonly mode!: ClosingNoteMode;
}

export class SettingsBody {
  @IsObject()
  @ValidateNested()
  @Type(() => ClosingNoteSettings)
  @ApiProperty({ type: ClosingNoteSettings })
  readonly closingNotes!: ClosingNoteSettings;
}
