import { Body, Controller, Delete, Param, Patch, Post, Put, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ChangeUser, CreateUser, ReplaceChannelAccess } from '#access/user';
import { Commands } from '../conventions/commands.js';
import type { PositionAnswer } from '../conventions/commands.js';
import { eventOf } from '../conventions/event-of.js';
import { Origins } from '../conventions/origins.js';
import { ChangeUserBody, ChannelAccessBody, CreateUserBody } from './users.dto.js';

@ApiTags('users')
@Controller('v1/users')
export class UserCommandsController {
  constructor(
    private readonly commands: Commands,
    private readonly origins: Origins,
  ) {}

  /** Makes somebody known before they come with a token for the first time. */
  @Post()
  async create(
    @Body() { userId: chosen, name, role }: CreateUserBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ userId: string; position: string }> {
    const user = { userId: chosen, name, role };
    const created = await this.commands.run(new CreateUser(this.origins.of(request), user));
    const { userId } = eventOf(created.events, 'UserRegistered');
    return { userId, position: await this.commands.configured(reply, created) };
  }

  @Patch(':userId')
  async change(
    @Param('userId') userId: string,
    @Body() { name, active }: ChangeUserBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PositionAnswer> {
    const command = new ChangeUser(this.origins.of(request), { userId, name, active });
    return { position: await this.commands.configured(reply, await this.commands.run(command)) };
  }

  /** Deactivates: who did what stays readable. */
  @Delete(':userId')
  async deactivate(
    @Param('userId') userId: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PositionAnswer> {
    const command = new ChangeUser(this.origins.of(request), { userId, active: false });
    return { position: await this.commands.configured(reply, await this.commands.run(command)) };
  }

  /** Gives access to exactly these channels. */
  @Put(':userId/channels')
  async replaceAccess(
    @Param('userId') userId: string,
    @Body() { channelIds }: ChannelAccessBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PositionAnswer> {
    const command = new ReplaceChannelAccess(this.origins.of(request), { userId, channelIds });
    return { position: await this.commands.configured(reply, await this.commands.run(command)) };
  }
}
