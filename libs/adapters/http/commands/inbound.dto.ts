import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsObject, Validate, ValidateNested, ValidatorConstraint } from 'class-validator';
import type { ValidatorConstraintInterface } from 'class-validator';
import { ifGiven, OptionalOneOf, OptionalText, Text } from '../bodies/fields.js';
import { OptionalInstant } from '../bodies/instant.js';

/** Up to 50 scalar values under keys that can be aliases of attributes. */
@ValidatorConstraint()
class Profile implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
    const entries = Object.entries(value);
    return (
      entries.length <= 50 && entries.every(([key, inner]) => /^[A-Za-z][\w-]{0,63}$/.test(key) && isScalar(inner))
    );
  }

  defaultMessage(): string {
    return 'profile must be an object of at most 50 texts (up to 4096 characters), numbers or booleans';
  }
}

function isScalar(value: unknown): boolean {
  return (
    typeof value === 'number' || typeof value === 'boolean' || (typeof value === 'string' && value.length <= 4_096)
  );
}

export class InboundSenderBody {
  @Text(500) readonly externalUserId!: string;
  /** The name that the person gave themselves on the medium. */
  @OptionalText(500) readonly displayName?: string;

  /** What the channel tells about the person; becomes platform attributes. */
  @ifGiven()
  @Validate(Profile)
  @ApiPropertyOptional({ type: 'object', additionalProperties: true })
  readonly profile?: Readonly<Record<string, string | number | boolean>>;
}

export class InboundBody {
  @OptionalOneOf(['message', 'welcome']) readonly type?: 'message' | 'welcome';
  /** The channel's own id of the message: the same one is taken once, however often it is delivered. */
  @Text(500) readonly externalMessageId!: string;

  @IsObject()
  @ValidateNested()
  @Type(() => InboundSenderBody)
  @ApiProperty({ type: InboundSenderBody })
  readonly from!: InboundSenderBody;

  /** A message has one, a welcome event has none. */
  @OptionalText(10_000) readonly text?: string;

  /** The channel's time, RFC 3339. */
  @OptionalInstant()
  readonly sentAt?: string;
}
