import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, Matches, ValidateNested } from 'class-validator';
import { attributeFormats } from '#attributes/attributes';
import type { AttributeFormat } from '#attributes/attributes';
import { Id, ifGiven, OneOf, OptionalFlag, OptionalText, Text } from '../bodies/fields.js';

export class AttributeOptionBody {
  /** Stable: values refer to it. */
  @Id() readonly optionId!: string;
  @Text(200) readonly label!: string;
}

export class DefineAttributeBody {
  @Id()
  @Matches(/^[A-Za-z][\w-]{0,63}$/, { message: 'alias must be a letter, then up to 63 letters, digits, _ or -' })
  readonly alias!: string;

  @Text(200) readonly label!: string;
  @OneOf(attributeFormats) readonly format!: AttributeFormat;
  /** Holds a list of values. */
  @OptionalFlag() readonly repeatable?: boolean;

  /** Of a dropdown: two or more. */
  @ifGiven()
  @IsArray()
  @ArrayMaxSize(500)
  @ValidateNested({ each: true })
  @Type(() => AttributeOptionBody)
  @ApiPropertyOptional({ type: [AttributeOptionBody], maxItems: 500 })
  readonly options?: readonly AttributeOptionBody[];
}

export class ChangeAttributeBody {
  @OptionalText(200) readonly label?: string;
  /** Off hides it from agents; services and the system go on writing it. */
  @OptionalFlag() readonly enabled?: boolean;
}
