import { Controller, Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Port } from '#event-sourcing';
import type { LiveViews } from '#event-sourcing';
import { topicsDirectory } from '#topics/topics';
import type { Topic } from '#topics/topics';
import { listAnswer, pageWanted, PageQuery, partOf } from '../conventions/page.js';
import type { ListAnswer } from '../conventions/page.js';
import { Reads } from '../conventions/reads.js';
import { existing } from '../problems/existing.js';

const list = { name: 'topics', values: 1 };

@ApiTags('topics')
@Controller('v1/topics')
export class TopicQueriesController {
  constructor(
    private readonly reads: Reads,
    @Inject(Port.LiveViews) private readonly views: LiveViews,
  ) {}

  /** Archived ones too: conversations still show them. */
  @Get()
  async all(
    @Query() query: PageQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ListAnswer<Topic>> {
    const wanted = pageWanted(query, list);
    await this.reads.configuration(request, reply);
    const topics = [...this.views.read(topicsDirectory).values()];
    return listAnswer(
      partOf(topics, ({ topicId }) => topicId, wanted),
      list,
    );
  }

  @Get(':topicId')
  async one(
    @Param('topicId') topicId: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Topic> {
    await this.reads.configuration(request, reply);
    return existing(this.views.read(topicsDirectory).get(topicId));
  }
}
