import { Body, Controller, Param, Put, Req, Res } from '@nestjs/common';
import { ApiProperty, ApiTags } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, Matches } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ReplaceChannelAccess } from '#access/user';
import { Commands } from '../conventions/commands.js';
import { Origins } from '../conventions/origins.js';

export class ChannelAccessBody {
  @IsArray()
  @ArrayMaxSize(1_000)
  @Matches(/^[\x21-\x7e]{1,200}$/, { each: true })
  @ApiProperty({ type: [String], maxItems: 1_000 })
  readonly channelIds!: readonly string[];
}

@ApiTags('users')
@Controller('v1/users')
export class UserCommandsController {
  constructor(
    private readonly commands: Commands,
    private readonly origins: Origins,
  ) {}

  /** Gives access to exactly these channels. */
  @Put(':userId/channels')
  async replaceAccess(
    @Param('userId') userId: string,
    @Body() { channelIds }: ChannelAccessBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ position: string }> {
    const command = new ReplaceChannelAccess(this.origins.of(request), { userId, channelIds });
    return { position: await this.commands.configured(reply, await this.commands.run(command)) };
  }
}
