import { ApiExtraModels, ApiProperty, ApiPropertyOptional, getSchemaPath } from '@nestjs/swagger';
import { plainToInstance, Transform, Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, Validate, ValidateNested, ValidatorConstraint } from 'class-validator';
import type { ValidatorConstraintInterface } from 'class-validator';
import type { AttributeValue } from '#attributes/attributes';
import { media } from '#channels/channel';
import type { Medium } from '#channels/channel';
import { namedSources } from '#contacts/contact';
import type { NamedSource } from '#contacts/contact';
import { Id, ifGiven, OptionalId, OptionalOneOf, OptionalText, Text } from '../bodies/fields.js';

const isText = (value: unknown): value is string => typeof value === 'string' && value.length <= 10_000;

/**
 * Text, a number, true or false, or a list of texts; whether it fits the attribute's format is the attribute's rule.
 */
@ValidatorConstraint()
export class Value implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    if (Array.isArray(value)) return value.length <= 100 && value.every(isText);
    return isText(value) || typeof value === 'number' || typeof value === 'boolean';
  }

  defaultMessage(): string {
    return '$property must be a text, a number, a boolean or a list of texts';
  }
}

const valueSchema = {
  oneOf: [{ type: 'string' }, { type: 'number' }, { type: 'boolean' }, { type: 'array', items: { type: 'string' } }],
};

class ValueBody {
  @Validate(Value)
  @ApiProperty(valueSchema)
  readonly value!: AttributeValue;
}

export class AttributeValueBody extends ValueBody {
  @Id() readonly alias!: string;
}

export class SetAttributeBody extends ValueBody {
  /** What the value comes from, where a service says so; else what the caller's values come from. */
  @OptionalOneOf(namedSources) readonly source?: NamedSource;
}

function attributeList(given: unknown): unknown {
  if (typeof given !== 'object' || given === null) return given;
  const list = Array.isArray(given)
    ? given
    : Object.entries(given).map(([alias, value]) => ({ alias, value: value as unknown }));
  return plainToInstance(AttributeValueBody, list);
}

/** On one of the channels, or on a medium in an id scope. */
export class IdentityBody {
  @OptionalId() readonly channelId?: string;
  @OptionalOneOf(media) readonly medium?: Medium;
  @OptionalId() readonly idScope?: string;
  @Text(500) readonly externalUserId!: string;
}

@ApiExtraModels(AttributeValueBody)
export class CreateContactBody {
  @ifGiven()
  @ArrayMaxSize(20)
  @ValidateNested({ each: true })
  @IsArray()
  @Type(() => IdentityBody)
  @ApiPropertyOptional({ type: [IdentityBody], maxItems: 20 })
  readonly identities?: readonly IdentityBody[];

  @OptionalText(200) readonly name?: string;

  /** A list as a contact's page shows it, or values by alias. */
  @ifGiven()
  @ArrayMaxSize(100)
  @ValidateNested({ each: true })
  @IsArray()
  @Transform(({ obj }: { obj: { attributes?: unknown } }) => attributeList(obj.attributes))
  @ApiPropertyOptional({
    oneOf: [
      { type: 'array', items: { $ref: getSchemaPath(AttributeValueBody) }, maxItems: 100 },
      { type: 'object', additionalProperties: valueSchema, maxProperties: 100 },
    ],
  })
  readonly attributes?: readonly AttributeValueBody[];
}

export class RenameContactBody {
  @Text(200) readonly name!: string;
}

export class BlockContactBody {
  @OptionalText(1_000) readonly reason?: string;
}

export class ContactNoteBody {
  @Text(10_000) readonly text!: string;
}
