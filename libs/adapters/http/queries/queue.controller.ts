import { Controller, Get, Inject, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { queueCounters, queuePage, queueProjection } from '#conversations/queue';
import type { QueueCounters, QueueItem } from '#conversations/queue';
import { Port } from '#event-sourcing';
import type { ReadModels } from '#event-sourcing';
import { listAnswer, pageWanted } from '../conventions/page.js';
import type { ListAnswer } from '../conventions/page.js';
import { Reads } from '../conventions/reads.js';
import { Viewers } from '../conventions/viewers.js';
import { QueueQuery } from './queue.dto.js';

const list = { name: `queue.${queueProjection.schema}`, values: 3 };

@ApiTags('queue')
@Controller('v1/queue')
export class QueueQueriesController {
  constructor(
    private readonly reads: Reads,
    private readonly viewers: Viewers,
    @Inject(Port.ReadModels) private readonly models: ReadModels,
  ) {}

  /** In rank order. */
  @Get()
  async page(
    @Query() query: QueueQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ListAnswer<QueueItem>> {
    const { status, view, channel: channelId, medium, assignee, group } = query;
    const wanted = pageWanted(query, list);
    await this.reads.models(request, reply);
    const filters = { status, view, channelId, medium, assignee, vip: group === 'vip' ? true : undefined };
    return listAnswer(await queuePage(this.models, this.viewers.of(request), filters, wanted), list);
  }

  @Get('counters')
  async counters(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<QueueCounters> {
    await this.reads.models(request, reply);
    return queueCounters(this.models, this.viewers.of(request));
  }
}
