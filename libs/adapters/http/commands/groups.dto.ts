import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsObject } from 'class-validator';
import { ifGiven, OptionalText, Text } from '../bodies/fields.js';

const condition = {
  type: 'object',
  description:
    '{"all" | "any" | "none": [condition, …]} or {field, operator, value}. Fields: attribute.<alias>, channel, medium, ' +
    'vip, blocked. Operators: is, isNot, contains, isSet, inList, before, after (a day: "2026-11-21", or {"days": -30} ' +
    'from the recorded one).',
  example: { all: [{ field: 'attribute.tier', operator: 'is', value: 'gold' }] },
  additionalProperties: true,
} as const;

export class DefineGroupBody {
  @Text(200) readonly name!: string;

  /** Whether it is a condition is the groups' rule: what is wrong with it is named. */
  @IsObject()
  @ApiProperty(condition)
  readonly condition!: object;
}

export class ChangeGroupBody {
  @OptionalText(200) readonly name?: string;

  @ifGiven()
  @IsObject()
  @ApiPropertyOptional(condition)
  readonly condition?: object;
}
