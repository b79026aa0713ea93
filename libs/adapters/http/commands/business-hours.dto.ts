import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, Equals, IsArray, IsObject, IsISO8601, Matches, ValidateNested } from 'class-validator';
import type { Holiday, OpenHours, WeeklyHours } from '#business-hours/calendars';
import { Id, ifGiven, OptionalText, Text } from '../bodies/fields.js';

const time = /^(?:[01][0-9]|2[0-3]):[0-5][0-9]$/;
const timeOrEnd = /^(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]|24:00)$/;
const mostHours = 24;
const mostHolidays = 1_000;

export class OpenHoursBody implements OpenHours {
  /** `HH:MM` in local time, inclusive. */
  @Matches(time, { message: '$property must be a time from 00:00 to 23:59' })
  @ApiProperty({ type: String, example: '09:00' })
  readonly from!: string;

  /** Exclusive; `24:00` is the end of the day. */
  @Matches(timeOrEnd, { message: '$property must be a time from 00:00 to 24:00' })
  @ApiProperty({ type: String, example: '17:30' })
  readonly to!: string;
}

function Day(): PropertyDecorator {
  return (target, property) => {
    const rules = [
      ifGiven(),
      IsArray(),
      ArrayMaxSize(mostHours),
      ValidateNested({ each: true }),
      Type(() => OpenHoursBody),
      ApiPropertyOptional({ type: [OpenHoursBody], maxItems: mostHours }),
    ];
    for (const rule of rules) rule(target, property);
  };
}

/** A day that is not named is closed. */
export class WeeklyHoursBody implements WeeklyHours {
  @Day() readonly monday?: OpenHoursBody[];
  @Day() readonly tuesday?: OpenHoursBody[];
  @Day() readonly wednesday?: OpenHoursBody[];
  @Day() readonly thursday?: OpenHoursBody[];
  @Day() readonly friday?: OpenHoursBody[];
  @Day() readonly saturday?: OpenHoursBody[];
  @Day() readonly sunday?: OpenHoursBody[];
}

export class HolidayBody implements Holiday {
  /** A day of the calendar. */
  @Matches(/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/)
  @IsISO8601({ strict: true })
  @ApiProperty({ type: String, format: 'date' })
  readonly date!: string;

  @OptionalText(200) readonly name?: string;
}

function Holidays(): PropertyDecorator {
  return (target, property) => {
    const rules = [
      ifGiven(),
      IsArray(),
      ArrayMaxSize(mostHolidays),
      ValidateNested({ each: true }),
      Type(() => HolidayBody),
      ApiPropertyOptional({ type: [HolidayBody], maxItems: mostHolidays }),
    ];
    for (const rule of rules) rule(target, property);
  };
}

/** It can be made the default one; that is taken from it by choosing another. */
function MadeDefault(): PropertyDecorator {
  return (target, property) => {
    for (const rule of [ifGiven(), Equals(true), ApiPropertyOptional({ enum: [true] })]) rule(target, property);
  };
}

export class AddCalendarBody {
  @Text(200) readonly name!: string;
  /** IANA, e.g. `Europe/Amsterdam`. */
  @Text(100) readonly zone!: string;

  @IsObject()
  @ValidateNested()
  @Type(() => WeeklyHoursBody)
  @ApiProperty({ type: WeeklyHoursBody })
  readonly hours!: WeeklyHoursBody;

  @Holidays() readonly holidays?: HolidayBody[];
  @MadeDefault() readonly default?: true;
}

/** What is not named stays as it is. */
export class ChangeCalendarBody {
  @OptionalText(200) readonly name?: string;
  @OptionalText(100) readonly zone?: string;

  @ifGiven()
  @IsObject()
  @ValidateNested()
  @Type(() => WeeklyHoursBody)
  @ApiPropertyOptional({ type: WeeklyHoursBody })
  readonly hours?: WeeklyHoursBody;

  @Holidays() readonly holidays?: HolidayBody[];
  @MadeDefault() readonly default?: true;
}

export class CalendarChoiceBody {
  @Id() readonly calendarId!: string;
}
