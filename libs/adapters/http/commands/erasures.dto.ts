import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { Matches } from 'class-validator';
import { Id, ifGiven, OptionalText, Text } from '../bodies/fields.js';

/** `requested`, `retention`, `mistake`, `legal`, or a code of the admin's own list. */
function ReasonCode(): PropertyDecorator {
  return applyDecorators(
    ifGiven(),
    Matches(/^[a-z][a-z0-9-]{0,63}$/, {
      message: '$property must be a code of lower-case letters, digits and hyphens',
    }),
    ApiPropertyOptional({ type: String, example: 'requested' }),
  );
}

export class DeleteContactBody {
  /** The contact's hint as its page shows it: whoever deletes must have looked. */
  @Text(200) readonly hint!: string;
  @ReasonCode() readonly reason?: string;
  @OptionalText(4_000) readonly note?: string;
}

export class RequestErasureBody extends DeleteContactBody {
  @Id() readonly contactId!: string;
}
