import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { Matches } from 'class-validator';
import { ifGiven, OptionalFlag, OptionalText, Text } from '../bodies/fields.js';

function OptionalColour(): PropertyDecorator {
  return applyDecorators(
    ifGiven(),
    Matches(/^#[0-9a-fA-F]{6}$/, { message: '$property must be #rrggbb' }),
    ApiPropertyOptional({ type: String, pattern: '^#[0-9a-fA-F]{6}$' }),
  );
}

export class CreateTopicBody {
  @Text(200) readonly name!: string;
  /** Grey by default. */
  @OptionalColour() readonly colour?: string;
}

/** What is not named stays as it is. */
export class ChangeTopicBody {
  @OptionalText(200) readonly name?: string;
  @OptionalColour() readonly colour?: string;
  @OptionalFlag() readonly archived?: boolean;
}
