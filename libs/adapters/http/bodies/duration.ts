import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { Matches } from 'class-validator';
import { ifGiven } from './fields.js';

const shape = /^P(?=\d|T\d)(?:(\d{1,5})D)?(?:T(?=\d)(?:(\d{1,6})H)?(?:(\d{1,7})M)?(?:(\d{1,8})S)?)?$/;

/** A length of time in days, hours, minutes and seconds, by ISO 8601: `PT15M`. */
export function OptionalDuration(): PropertyDecorator {
  return applyDecorators(
    ifGiven(),
    Matches(shape, { message: '$property must be an ISO 8601 duration in days, hours, minutes, seconds' }),
    ApiPropertyOptional({ type: String, format: 'duration' }),
  );
}

/** In milliseconds; of text that has passed the check. */
export function durationMs(text: string): number {
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = (shape.exec(text) ?? [])
    .slice(1)
    .map((part) => Number(part || 0));
  return (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1_000;
}
