import { Body, Controller, Delete, Param, Patch, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ChangeTopic, CreateTopic } from '#topics/topics';
import { Commands } from '../conventions/commands.js';
import type { PositionAnswer } from '../conventions/commands.js';
import { eventOf } from '../conventions/event-of.js';
import { Origins } from '../conventions/origins.js';
import { ChangeTopicBody, CreateTopicBody } from './topics.dto.js';

const grey = '#9e9e9e';

@ApiTags('topics')
@Controller('v1/topics')
export class TopicCommandsController {
  constructor(
    private readonly commands: Commands,
    private readonly origins: Origins,
  ) {}

  @Post()
  async create(
    @Body() { name, colour = grey }: CreateTopicBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ topicId: string; position: string }> {
    const topic = { name, colour: colour.toLowerCase() };
    const created = await this.commands.run(new CreateTopic(this.origins.of(request), topic));
    const { topicId } = eventOf(created.events, 'TopicCreated');
    return { topicId, position: await this.commands.configured(reply, created) };
  }

  @Patch(':topicId')
  async change(
    @Param('topicId') topicId: string,
    @Body() { name, colour, archived }: ChangeTopicBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PositionAnswer> {
    const change = { topicId, name, colour: colour?.toLowerCase(), archived };
    const changed = await this.commands.run(new ChangeTopic(this.origins.of(request), change));
    return { position: await this.commands.configured(reply, changed) };
  }

  /** It stays on the conversations that have it, and can be set no more. */
  @Delete(':topicId')
  async archive(
    @Param('topicId') topicId: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PositionAnswer> {
    const archived = await this.commands.run(new ChangeTopic(this.origins.of(request), { topicId, archived: true }));
    return { position: await this.commands.configured(reply, archived) };
  }
}
