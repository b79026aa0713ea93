import { Body, Controller, HttpCode, Post, Put, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Beat, SetPresence } from '#assignment/presence';
import { OneOf } from '../bodies/fields.js';
import { Commands } from '../conventions/commands.js';
import type { PositionAnswer } from '../conventions/commands.js';
import { Origins } from '../conventions/origins.js';

export class PresenceBody {
  @OneOf(['online', 'away', 'offline']) readonly state!: 'online' | 'away' | 'offline';
}

@ApiTags('presence')
@Controller('v1/presence')
export class PresenceController {
  constructor(
    private readonly commands: Commands,
    private readonly origins: Origins,
  ) {}

  @Put()
  async set(
    @Body() { state }: PresenceBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PositionAnswer> {
    const set = await this.commands.run(new SetPresence(this.origins.of(request), state));
    return { position: await this.commands.configured(reply, set) };
  }

  /** To be sent every 30 seconds; 90 seconds without one is offline. */
  @Post('heartbeat')
  @HttpCode(200)
  async beat(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<PositionAnswer> {
    const shown = await this.commands.run(new Beat(this.origins.of(request)));
    return { position: await this.commands.configured(reply, shown) };
  }
}
