import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsOptional,
  IsString,
  Length,
  Matches,
  ValidateIf,
} from 'class-validator';

/** What a field takes, for the check and for the description of the API at once. */
type FieldDecorator = PropertyDecorator;

/** Text of 1 to `max` characters, not only white space. */
export function Text(max: number): FieldDecorator {
  return applyDecorators(...textRules(max), ApiProperty({ type: String, minLength: 1, maxLength: max }));
}

export function OptionalText(max: number): FieldDecorator {
  return applyDecorators(
    ifGiven(),
    ...textRules(max),
    ApiPropertyOptional({ type: String, minLength: 1, maxLength: max }),
  );
}

/** Like `OptionalText`, and `null` empties it. */
export function ClearableText(max: number): FieldDecorator {
  return applyDecorators(
    IsOptional(),
    ...textRules(max),
    ApiPropertyOptional({ oneOf: [{ type: 'string', minLength: 1, maxLength: max }, { type: 'null' }] }),
  );
}

const idShape = /^[\x21-\x7e]{1,200}$/;

/** An id of ours, or a code: visible ASCII without spaces. */
export function Id(): FieldDecorator {
  return applyDecorators(isId(), ApiProperty({ type: String, maxLength: 200 }));
}

export function OptionalId(): FieldDecorator {
  return applyDecorators(ifGiven(), isId(), ApiPropertyOptional({ type: String, maxLength: 200 }));
}

/** Ids of ours or codes. */
export function IdList(max: number): FieldDecorator {
  return applyDecorators(
    IsArray(),
    ArrayMaxSize(max),
    Matches(idShape, { each: true, message: 'each value in $property must be 1 to 200 visible ASCII characters' }),
    ApiProperty({ type: [String], maxItems: max }),
  );
}

export function OptionalIdList(max: number): FieldDecorator {
  return applyDecorators(ifGiven(), IdList(max), ApiPropertyOptional({ type: [String], maxItems: max }));
}

export function OneOf(values: readonly string[]): FieldDecorator {
  return applyDecorators(IsIn(values), ApiProperty({ enum: values }));
}

export function OptionalOneOf(values: readonly string[]): FieldDecorator {
  return applyDecorators(ifGiven(), IsIn(values), ApiPropertyOptional({ enum: values }));
}

export function OptionalFlag(): FieldDecorator {
  return applyDecorators(ifGiven(), IsBoolean(), ApiPropertyOptional({ type: Boolean }));
}

/** Present or not: unlike `IsOptional`, `null` is not "not there". */
export function ifGiven(): FieldDecorator {
  return ValidateIf((_body, value) => value !== undefined);
}

function textRules(max: number): FieldDecorator[] {
  return [IsString(), Length(1, max), Matches(/\S/, { message: '$property must not be blank' })];
}

function isId(): FieldDecorator {
  return Matches(idShape, { message: '$property must be 1 to 200 visible ASCII characters' });
}
