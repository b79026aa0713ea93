import { Body, Controller, Delete, Param, Patch, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AddPriorityScore, ArchivePriorityScore, SetPriorityPoints } from '#conversations/priority';
import { Commands } from '../conventions/commands.js';
import type { PositionAnswer } from '../conventions/commands.js';
import { eventOf } from '../conventions/event-of.js';
import { Origins } from '../conventions/origins.js';
import { AddPriorityScoreBody, PointsBody } from './priority-scores.dto.js';

@ApiTags('priority scores')
@Controller('v1/priority-scores')
export class PriorityScoreCommandsController {
  constructor(
    private readonly commands: Commands,
    private readonly origins: Origins,
  ) {}

  @Post()
  async add(
    @Body() { name, points, when: { group, topic, channelId } }: AddPriorityScoreBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ scoreId: string; position: string }> {
    const terms = {
      ...(group !== undefined && { group }),
      ...(topic !== undefined && { topicId: topic }),
      ...(channelId !== undefined && { channelId }),
    };
    const added = await this.commands.run(new AddPriorityScore(this.origins.of(request), { name, points, terms }));
    const { scoreId } = eventOf(added.events, 'PriorityScoreAdded');
    return { scoreId, position: await this.commands.configured(reply, added) };
  }

  /** What earns the points is fixed: another score is another thing. */
  @Patch(':scoreId')
  async change(
    @Param('scoreId') scoreId: string,
    @Body() { points }: PointsBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PositionAnswer> {
    const set = await this.commands.run(new SetPriorityPoints(this.origins.of(request), { scoreId, points }));
    return { position: await this.commands.configured(reply, set) };
  }

  @Delete(':scoreId')
  async archive(
    @Param('scoreId') scoreId: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PositionAnswer> {
    const archived = await this.commands.run(new ArchivePriorityScore(this.origins.of(request), scoreId));
    return { position: await this.commands.configured(reply, archived) };
  }
}
