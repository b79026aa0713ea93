import { Controller, Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { accessDirectory } from '#access/user';
import type { User, UserRole } from '#access/user';
import { Port } from '#event-sourcing';
import type { LiveViews } from '#event-sourcing';
import { listAnswer, pageWanted, partOf, PageQuery } from '../conventions/page.js';
import type { ListAnswer } from '../conventions/page.js';
import { Reads } from '../conventions/reads.js';
import { Problem } from '../problems/problem.js';

interface UserAnswer {
  readonly userId: string;
  readonly name: string;
  readonly role: UserRole;
  readonly active: boolean;
  readonly allChannels: boolean;
  readonly channelIds: readonly string[];
}

const list = { name: 'users', values: 1 };

@ApiTags('users')
@Controller('v1/users')
export class UserQueriesController {
  constructor(
    private readonly reads: Reads,
    @Inject(Port.LiveViews) private readonly views: LiveViews,
  ) {}

  @Get()
  async all(
    @Query() query: PageQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ListAnswer<UserAnswer>> {
    const wanted = pageWanted(query, list);
    await this.reads.configuration(request, reply);
    const page = partOf([...this.views.read(accessDirectory).users.values()], ({ userId }) => userId, wanted);
    return listAnswer({ ...page, items: page.items.map(answerOf) }, list);
  }

  @Get(':userId')
  async one(
    @Param('userId') userId: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<UserAnswer> {
    await this.reads.configuration(request, reply);
    const user = this.views.read(accessDirectory).users.get(userId);
    if (user === undefined) throw new Problem('not-found');
    return answerOf(user);
  }
}

function answerOf({ userId, name, role, active, allChannels, channels }: User): UserAnswer {
  return { userId, name, role, active, allChannels, channelIds: [...channels] };
}
