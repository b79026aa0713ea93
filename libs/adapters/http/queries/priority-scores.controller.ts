import { Controller, Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { priorityDirectory } from '#conversations/priority';
import type { PriorityScore } from '#conversations/priority';
import { nextOrder } from '#conversations/queue';
import { partsOfOpen } from '#conversations/ranking';
import { Port } from '#event-sourcing';
import type { LiveViews, ReadModels } from '#event-sourcing';
import { listAnswer, pageWanted, partOf, PageQuery } from '../conventions/page.js';
import type { ListAnswer } from '../conventions/page.js';
import { Reads } from '../conventions/reads.js';
import { existing } from '../problems/existing.js';

interface ScoreAnswer {
  readonly scoreId: string;
  readonly name?: string;
  readonly points: number;
  readonly when: { readonly group?: string; readonly topic?: string; readonly channelId?: string };
  readonly archived: boolean;
}

interface ScoresAnswer extends ListAnswer<ScoreAnswer> {
  /**
   * The queue still stands in the order before the newest change: so many of the parts of the open conversations have
   * their place in the new one. Not there once that answers.
   */
  readonly computing?: { readonly ranked: number; readonly of: number };
}

const list = { name: 'priority-scores', values: 1 };

@ApiTags('priority scores')
@Controller('v1/priority-scores')
export class PriorityScoreQueriesController {
  constructor(
    private readonly reads: Reads,
    @Inject(Port.ReadModels) private readonly models: ReadModels,
    @Inject(Port.LiveViews) private readonly views: LiveViews,
  ) {}

  @Get()
  async all(
    @Query() query: PageQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ScoresAnswer> {
    const wanted = pageWanted(query, list);
    await this.reads.configuration(request, reply);
    await this.reads.models(request, reply);
    const next = await nextOrder(this.models);
    const page = partOf(this.views.read(priorityDirectory), ({ scoreId }) => scoreId, wanted);
    return {
      ...listAnswer({ ...page, items: page.items.map(answerOf) }, list),
      ...(next && { computing: { ranked: next.ranked, of: partsOfOpen } }),
    };
  }

  @Get(':scoreId')
  async one(
    @Param('scoreId') scoreId: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ScoreAnswer> {
    await this.reads.configuration(request, reply);
    return answerOf(existing(this.views.read(priorityDirectory).find((candidate) => candidate.scoreId === scoreId)));
  }
}

function answerOf({ terms: { topicId, ...terms }, ...score }: PriorityScore): ScoreAnswer {
  return { ...score, when: { ...terms, ...(topicId !== undefined && { topic: topicId }) } };
}
