import { Body, Controller, Delete, Param, Patch, Post, Put, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ArchiveTeam, CreateTeam, RenameTeam, ReplaceTeamChannels, ReplaceTeamMembers } from '#access/team';
import { Commands } from '../conventions/commands.js';
import type { PositionAnswer } from '../conventions/commands.js';
import { eventOf } from '../conventions/event-of.js';
import { Origins } from '../conventions/origins.js';
import { TeamBody, TeamMembersBody } from './teams.dto.js';
import { ChannelAccessBody } from './users.dto.js';

@ApiTags('teams')
@Controller('v1/teams')
export class TeamCommandsController {
  constructor(
    private readonly commands: Commands,
    private readonly origins: Origins,
  ) {}

  @Post()
  async create(
    @Body() { name }: TeamBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ teamId: string; position: string }> {
    const created = await this.commands.run(new CreateTeam(this.origins.of(request), name));
    const { teamId } = eventOf(created.events, 'TeamCreated');
    return { teamId, position: await this.commands.configured(reply, created) };
  }

  @Patch(':teamId')
  async rename(
    @Param('teamId') teamId: string,
    @Body() { name }: TeamBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PositionAnswer> {
    const renamed = await this.commands.run(new RenameTeam(this.origins.of(request), { teamId, name }));
    return { position: await this.commands.configured(reply, renamed) };
  }

  /** Archives: its members keep only the access that they have of their own or through other teams. */
  @Delete(':teamId')
  async archive(
    @Param('teamId') teamId: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PositionAnswer> {
    const archived = await this.commands.run(new ArchiveTeam(this.origins.of(request), teamId));
    return { position: await this.commands.configured(reply, archived) };
  }

  /** Gives its members access to exactly these channels. */
  @Put(':teamId/channels')
  async replaceChannels(
    @Param('teamId') teamId: string,
    @Body() { channelIds }: ChannelAccessBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PositionAnswer> {
    const replaced = await this.commands.run(new ReplaceTeamChannels(this.origins.of(request), { teamId, channelIds }));
    return { position: await this.commands.configured(reply, replaced) };
  }

  /** Makes exactly these users its members. */
  @Put(':teamId/members')
  async replaceMembers(
    @Param('teamId') teamId: string,
    @Body() { userIds }: TeamMembersBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PositionAnswer> {
    const replaced = await this.commands.run(new ReplaceTeamMembers(this.origins.of(request), { teamId, userIds }));
    return { position: await this.commands.configured(reply, replaced) };
  }
}
