import { Body, Controller, Param, Patch, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ChangeChannel, ConnectChannel } from '#channels/channel';
import { Commands } from '../conventions/commands.js';
import { eventOf } from '../conventions/event-of.js';
import { Origins } from '../conventions/origins.js';
import { ChangeChannelBody, ConnectChannelBody } from './channels.dto.js';

@ApiTags('channels')
@Controller('v1/channels')
export class ChannelCommandsController {
  constructor(
    private readonly commands: Commands,
    private readonly origins: Origins,
  ) {}

  @Post()
  async connect(
    @Body() { medium, name, settings = {} }: ConnectChannelBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ channelId: string; position: string }> {
    const connected = await this.commands.run(new ConnectChannel(this.origins.of(request), { medium, name, settings }));
    const { channelId } = eventOf(connected.events, 'ChannelConnected');
    return { channelId, position: await this.commands.configured(reply, connected) };
  }

  @Patch(':channelId')
  async change(
    @Param('channelId') channelId: string,
    @Body() { name, enabled, settings = {} }: ChangeChannelBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ position: string }> {
    const command = new ChangeChannel(this.origins.of(request), { channelId, name, enabled, settings });
    return { position: await this.commands.configured(reply, await this.commands.run(command)) };
  }
}
