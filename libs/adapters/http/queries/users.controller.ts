import { Controller, Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { accessDirectory } from '#access/user';
import type { User, UserRole, Viewer } from '#access/user';
import { openPerUser } from '#conversations/queue-counters';
import { Port } from '#event-sourcing';
import type { LiveViews, ReadModels } from '#event-sourcing';
import { listAnswer, pageWanted, partOf, PageQuery } from '../conventions/page.js';
import type { ListAnswer } from '../conventions/page.js';
import { Reads } from '../conventions/reads.js';
import { Viewers } from '../conventions/viewers.js';
import { existing } from '../problems/existing.js';

interface UserAnswer {
  readonly userId: string;
  readonly name: string;
  readonly role: UserRole;
  readonly active: boolean;
  readonly presence: 'online' | 'away' | 'offline';
  /** How many open conversations they have, on whatever channels. Who lacks a channel reads their own only (ASG-6). */
  readonly openConversations?: number;
  readonly allChannels: boolean;
  readonly channelIds: readonly string[];
}

const list = { name: 'users', values: 1 };

@ApiTags('users')
@Controller('v1/users')
export class UserQueriesController {
  constructor(
    private readonly reads: Reads,
    private readonly viewers: Viewers,
    @Inject(Port.LiveViews) private readonly views: LiveViews,
    @Inject(Port.ReadModels) private readonly models: ReadModels,
  ) {}

  @Get()
  async all(
    @Query() query: PageQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ListAnswer<UserAnswer>> {
    const wanted = pageWanted(query, list);
    await this.caughtUp(request, reply);
    const page = partOf([...this.views.read(accessDirectory).users.values()], ({ userId }) => userId, wanted);
    const load = await openPerUser(
      this.models,
      page.items.map(({ userId }) => userId),
    );
    const viewer = this.viewers.of(request);
    return listAnswer({ ...page, items: page.items.map((user) => answerOf(user, load, viewer)) }, list);
  }

  @Get(':userId')
  async one(
    @Param('userId') userId: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<UserAnswer> {
    await this.caughtUp(request, reply);
    const user = existing(this.views.read(accessDirectory).users.get(userId));
    return answerOf(user, await openPerUser(this.models, [userId]), this.viewers.of(request));
  }

  /** Users are configuration, what they have is a read model: both are as new as what was asked for. */
  private async caughtUp(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    await this.reads.configuration(request, reply);
    await this.reads.models(request, reply);
  }
}

function answerOf(
  { userId, name, role, active, presence, allChannels, channels }: User,
  load: ReadonlyMap<string, number>,
  viewer: Viewer,
): UserAnswer {
  const shown = presence === 'online' || presence === 'away' ? presence : 'offline';
  const counted = viewer.channels === 'all' || viewer.userId === userId;
  const open = counted ? { openConversations: load.get(userId) ?? 0 } : {};
  return { userId, name, role, active, presence: shown, ...open, allChannels, channelIds: [...channels] };
}
