import { Controller, Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { attributeDirectory, vipEnabled } from '#attributes/attributes';
import { channelDirectory } from '#channels/channel';
import { groupDirectory } from '#contact-groups/groups';
import { closedPage, conversationsProjection } from '#conversations/conversation-view';
import type { ClosedItem } from '#conversations/conversation-view';
import { explainRank, queuePage, queueProjection } from '#conversations/queue';
import type { NamesOfTerms, QueueItem, RankExplained } from '#conversations/queue';
import { queueCounters } from '#conversations/queue-counters';
import type { QueueCounters } from '#conversations/queue-counters';
import { Port } from '#event-sourcing';
import type { LiveViews, ReadModels } from '#event-sourcing';
import { topicsDirectory } from '#topics/topics';
import { refuseGone } from '../conventions/gone.js';
import { listAnswer, pageWanted } from '../conventions/page.js';
import type { ListAnswer } from '../conventions/page.js';
import type { QueueFilterQuery } from '../conventions/queue-filter.js';
import { QueueLook } from '../conventions/queue-look.js';
import { Reads } from '../conventions/reads.js';
import { Viewers } from '../conventions/viewers.js';
import { existing } from '../problems/existing.js';
import { Problem } from '../problems/problem.js';
import { QueueQuery } from './queue.dto.js';

const list = { name: `queue.${queueProjection.schema}`, values: 5 };
const closedList = { name: `closed.${conversationsProjection.schema}`, values: 3 };

@ApiTags('queue')
@Controller('v1/queue')
export class QueueQueriesController {
  constructor(
    private readonly reads: Reads,
    private readonly viewers: Viewers,
    private readonly look: QueueLook,
    @Inject(Port.ReadModels) private readonly models: ReadModels,
    @Inject(Port.LiveViews) private readonly views: LiveViews,
  ) {}

  /** In rank order; what is closed by when it was, newest first. */
  @Get()
  async page(
    @Query() { view, q, ...query }: QueueQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ListAnswer<QueueItem | ClosedItem>> {
    if (view === 'closed') {
      refuseOfClosed(query);
      const wanted = pageWanted(query, closedList);
      await this.reads.models(request, reply);
      const { channel: channelId, medium, topic: topicId, team: teamId, assignee: userId } = query;
      const filters = { channelId, medium, topicId, teamId, userId, found: await this.look.found(request, q) };
      return listAnswer(await closedPage(this.models, this.viewers.of(request), filters, wanted), closedList);
    }
    const wanted = pageWanted(query, list);
    await this.reads.models(request, reply);
    const filters = { ...this.look.filters(query), view, found: await this.look.found(request, q) };
    return listAnswer(await queuePage(this.models, this.look.viewer(request), filters, wanted), list);
  }

  @Get('counters')
  async counters(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<QueueCounters> {
    await this.reads.models(request, reply);
    return queueCounters(this.models, this.look.viewer(request), vipEnabled(this.views.read(attributeDirectory)));
  }

  /** Why it stands where it stands; the points add up to the score. */
  @Get(':conversationId/rank')
  async rank(
    @Param('conversationId') conversationId: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RankExplained> {
    await this.reads.models(request, reply);
    const viewer = this.look.viewer(request);
    await refuseGone(this.models, conversationId, viewer);
    return existing(await explainRank(this.models, this.names(), viewer, conversationId));
  }

  private names(): NamesOfTerms {
    const groups = this.views.read(groupDirectory);
    const channels = this.views.read(channelDirectory);
    const topics = this.views.read(topicsDirectory);
    return {
      channel: (id) => channels.get(id)?.name ?? id,
      topic: (id) => topics.get(id)?.name ?? id,
      group: (id) => groups.get(id)?.name ?? id.toUpperCase(),
    };
  }
}

/** Of what is closed nobody waits and nothing has a status; groups are of contacts as they are now, not of then. */
function refuseOfClosed({ status, group, waitingLonger }: QueueFilterQuery): void {
  const given = Object.entries({ status, group, waitingLonger }).filter(([, value]) => value !== undefined);
  if (given.length === 0) return;
  const errors = given.map(([name]) => ({
    pointer: `?${name}`,
    detail: 'what is closed cannot be narrowed down by it',
  }));
  throw new Problem('validation', { errors });
}
