import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsObject, IsOptional, Validate, ValidateNested, ValidatorConstraint } from 'class-validator';
import type { ValidatorConstraintInterface } from 'class-validator';
import { phoneRegions, retentionOf } from '#attributes/attributes';
import { media } from '#channels/channel';
import type { Medium } from '#channels/channel';
import { ifGiven, OneOf, OptionalFlag, OptionalId, OptionalOneOf, OptionalText, Text } from '../bodies/fields.js';

/** Secrets go in and never come back. */
export class ChannelSecretsBody {
  /** Signs what the provider delivers (WhatsApp: the app secret). */
  @OptionalText(500) readonly appSecret?: string;
  /** What the provider repeats in its verification handshake. */
  @OptionalText(500) readonly verifyToken?: string;
}

export class ChannelSettingsBody extends ChannelSecretsBody {
  /** Whose numbers the channel tells without a country. */
  @OptionalOneOf(phoneRegions) readonly region?: string;
  /** Where the medium's user ids are unique; fixed for good. */
  @OptionalId() readonly idScope?: string;
}

export class ConnectChannelBody {
  @OneOf(media) readonly medium!: Medium;
  @Text(200) readonly name!: string;

  @ifGiven()
  @IsObject()
  @ValidateNested()
  @Type(() => ChannelSettingsBody)
  @ApiPropertyOptional({ type: ChannelSettingsBody })
  readonly settings?: ChannelSettingsBody;
}

/** An ISO 8601 duration of at least a minute. */
@ValidatorConstraint()
class Inactivity implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    return typeof value === 'string' && value.length <= 100 && (retentionOf(value) ?? 0) >= 60_000;
  }

  defaultMessage(): string {
    return '$property must be an ISO 8601 duration of at least a minute, such as P7D';
  }
}

export class ChannelChangesBody extends ChannelSecretsBody {
  /** Whose numbers the channel tells without a country, `null`: nobody's; for values told from now on. */
  @IsOptional()
  @IsIn(phoneRegions)
  @ApiPropertyOptional({ oneOf: [{ type: 'string', enum: [...phoneRegions] }, { type: 'null' }] })
  readonly region?: string | null;

  /** Answered conversations are closed when nothing has happened for so long; `null`: never. */
  @IsOptional()
  @Validate(Inactivity)
  @ApiPropertyOptional({ oneOf: [{ type: 'string' }, { type: 'null' }] })
  readonly closeAfter?: string | null;
}

export class ChangeChannelBody {
  @OptionalText(200) readonly name?: string;
  @OptionalFlag() readonly enabled?: boolean;

  @ifGiven()
  @IsObject()
  @ValidateNested()
  @Type(() => ChannelChangesBody)
  @ApiPropertyOptional({ type: ChannelChangesBody })
  readonly settings?: ChannelChangesBody;
}
