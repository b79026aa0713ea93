import { Body, Controller, Delete, Param, Patch, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ArchiveGroup, ChangeGroup, DefineGroup } from '#contact-groups/groups';
import { Commands } from '../conventions/commands.js';
import type { PositionAnswer } from '../conventions/commands.js';
import { eventOf } from '../conventions/event-of.js';
import { Origins } from '../conventions/origins.js';
import { ChangeGroupBody, DefineGroupBody } from './groups.dto.js';

@ApiTags('groups')
@Controller('v1/groups')
export class GroupCommandsController {
  constructor(
    private readonly commands: Commands,
    private readonly origins: Origins,
  ) {}

  @Post()
  async define(
    @Body() { name, condition }: DefineGroupBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ groupId: string; position: string }> {
    const defined = await this.commands.run(new DefineGroup(this.origins.of(request), { name, condition }));
    const { groupId } = eventOf(defined.events, 'ContactGroupDefined');
    return { groupId, position: await this.commands.configured(reply, defined) };
  }

  /** Until the members by a changed condition are found, the group answers by the one before. */
  @Patch(':groupId')
  async change(
    @Param('groupId') groupId: string,
    @Body() { name, condition }: ChangeGroupBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PositionAnswer> {
    const changed = await this.commands.run(new ChangeGroup(this.origins.of(request), { groupId, name, condition }));
    return { position: await this.commands.configured(reply, changed) };
  }

  @Delete(':groupId')
  async archive(
    @Param('groupId') groupId: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PositionAnswer> {
    const archived = await this.commands.run(new ArchiveGroup(this.origins.of(request), groupId));
    return { position: await this.commands.configured(reply, archived) };
  }
}
