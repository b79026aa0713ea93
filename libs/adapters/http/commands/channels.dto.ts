import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsObject, ValidateNested } from 'class-validator';
import { media } from '#channels/channel';
import type { Medium } from '#channels/channel';
import { ifGiven, OneOf, OptionalFlag, OptionalId, OptionalText, Text } from '../bodies/fields.js';

/** Secrets go in and never come back. */
export class ChannelSecretsBody {
  /** Signs what the provider delivers (WhatsApp: the app secret). */
  @OptionalText(500) readonly appSecret?: string;
  /** What the provider repeats in its verification handshake. */
  @OptionalText(500) readonly verifyToken?: string;
}

export class ChannelSettingsBody extends ChannelSecretsBody {
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

export class ChangeChannelBody {
  @OptionalText(200) readonly name?: string;
  @OptionalFlag() readonly enabled?: boolean;

  @ifGiven()
  @IsObject()
  @ValidateNested()
  @Type(() => ChannelSecretsBody)
  @ApiPropertyOptional({ type: ChannelSecretsBody })
  readonly settings?: ChannelSecretsBody;
}
