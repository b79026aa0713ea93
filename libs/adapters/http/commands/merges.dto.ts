import { ApiPropertyOptional } from '@nestjs/swagger';
import { Validate, ValidatorConstraint } from 'class-validator';
import type { ValidatorConstraintInterface } from 'class-validator';
import { Id, ifGiven } from '../bodies/fields.js';

const idShape = /^[\x21-\x7e]{1,200}$/;

/** For each attribute that both contacts have, whose value stays. */
@ValidatorConstraint()
export class Winners implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
    const entries = Object.entries(value);
    return entries.length <= 200 && entries.every(([alias, winner]) => isId(alias) && isId(winner));
  }

  defaultMessage(): string {
    return '$property must name a contact id for each attribute';
  }
}

const isId = (value: unknown): boolean => typeof value === 'string' && idShape.test(value);

export class MergeContactsBody {
  @Id() readonly secondaryId!: string;

  @ifGiven()
  @Validate(Winners)
  @ApiPropertyOptional({ type: Object, additionalProperties: { type: 'string' } })
  readonly winners?: Readonly<Record<string, string>>;
}
