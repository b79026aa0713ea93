import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Validate, ValidatorConstraint } from 'class-validator';
import type { ValidatorConstraintInterface } from 'class-validator';
import { ifGiven } from './fields.js';

const rfc3339 = /^(19[7-9]\d|[2-9]\d{3})-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/;

/** Whether the text is an RFC 3339 time with its offset from UTC, not before 1970. */
export function isInstant(text: string): boolean {
  return rfc3339.test(text) && !Number.isNaN(Date.parse(text));
}

@ValidatorConstraint()
class Rfc3339 implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    return typeof value === 'string' && isInstant(value);
  }

  defaultMessage(): string {
    return '$property must be an RFC 3339 time with its offset from UTC, not before 1970';
  }
}

/** A point in time, in any offset from UTC. */
export function Instant(): PropertyDecorator {
  return applyDecorators(Validate(Rfc3339), ApiProperty({ type: String, format: 'date-time' }));
}

export function OptionalInstant(): PropertyDecorator {
  return applyDecorators(ifGiven(), Validate(Rfc3339), ApiPropertyOptional({ type: String, format: 'date-time' }));
}
