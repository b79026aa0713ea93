import { ApiExtraModels, ApiProperty, ApiPropertyOptional, getSchemaPath } from '@nestjs/swagger';
import { plainToInstance, Transform } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsOptional,
  Matches,
  Validate,
  ValidateNested,
  ValidatorConstraint,
} from 'class-validator';
import type { ValidatorConstraintInterface } from 'class-validator';
import { attributeFormats, retentionOf } from '#attributes/attributes';
import type { AttributeFormat } from '#attributes/attributes';
import { Id, ifGiven, OneOf, OptionalFlag, OptionalId, OptionalText, Text } from '../bodies/fields.js';

export class AttributeOptionBody {
  /** Stable: values refer to it. Without one it gets a new one. */
  @OptionalId() readonly optionId?: string;
  @Text(200) readonly label!: string;
}

const isId = /^[\x21-\x7e]{1,200}$/;

/** An option can be given as a text: then that is what it is called, and its id where it can be one. */
function optionList(given: unknown): unknown {
  if (!Array.isArray(given)) return given;
  const options = given.map((one: unknown) => {
    if (typeof one !== 'string') return one;
    return isId.test(one) ? { optionId: one, label: one } : { label: one };
  });
  return plainToInstance(AttributeOptionBody, options);
}

@ApiExtraModels(AttributeOptionBody)
export class DefineAttributeBody {
  @Id()
  @Matches(/^[A-Za-z][\w-]{0,63}$/, { message: 'alias must be a letter, then up to 63 letters, digits, _ or -' })
  readonly alias!: string;

  @Text(200) readonly label!: string;
  @OneOf(attributeFormats) readonly format!: AttributeFormat;
  /** Holds a list of values. */
  @OptionalFlag() readonly repeatable?: boolean;

  /** Of a dropdown: two or more. A text is what an option is called, and its id where it has no spaces. */
  @ifGiven()
  @ArrayMaxSize(500)
  @ValidateNested({ each: true })
  @IsArray()
  @Transform(({ obj }: { obj: { options?: unknown } }) => optionList(obj.options))
  @ApiPropertyOptional({
    type: 'array',
    items: { oneOf: [{ $ref: getSchemaPath(AttributeOptionBody) }, { type: 'string', minLength: 1, maxLength: 200 }] },
    maxItems: 500,
  })
  readonly options?: readonly AttributeOptionBody[];
}

@ValidatorConstraint()
class Retention implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    return typeof value === 'string' && retentionOf(value) !== undefined;
  }

  defaultMessage(): string {
    return '$property must be an ISO 8601 duration of up to 100 years';
  }
}

export class ChangeAttributeBody {
  @OptionalText(200) readonly label?: string;
  /** Off hides it from agents; services and the system go on writing it. */
  @OptionalFlag() readonly enabled?: boolean;
  /** A change of its value asks the CRM. */
  @OptionalFlag() readonly lookup?: boolean;
  /** The CRM fills it. */
  @OptionalFlag() readonly managed?: boolean;

  /** ISO 8601 duration without an open conversation after which values are cleared; `null`: they stay. */
  @IsOptional()
  @Validate(Retention)
  @ApiPropertyOptional({ oneOf: [{ type: 'string' }, { type: 'null' }], example: 'P90D' })
  readonly retention?: string | null;
}

export class AttributeOrderBody {
  /** The first ones; those that are not named follow as before. */
  @ArrayMaxSize(1_000)
  @Matches(/^[\x21-\x7e]{1,200}$/, {
    each: true,
    message: 'each of $property must be 1 to 200 visible ASCII characters',
  })
  @IsArray()
  @ApiProperty({ type: [String], maxItems: 1_000 })
  readonly aliases!: readonly string[];
}
