import { Controller, Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Team } from '#access/team';
import { accessDirectory } from '#access/user';
import { Port } from '#event-sourcing';
import type { LiveViews } from '#event-sourcing';
import { listAnswer, pageWanted, partOf, PageQuery } from '../conventions/page.js';
import type { ListAnswer } from '../conventions/page.js';
import { Reads } from '../conventions/reads.js';
import { existing } from '../problems/existing.js';

interface TeamAnswer {
  readonly teamId: string;
  readonly name: string;
  readonly archived: boolean;
  readonly userIds: readonly string[];
  readonly channelIds: readonly string[];
}

const list = { name: 'teams', values: 1 };

@ApiTags('teams')
@Controller('v1/teams')
export class TeamQueriesController {
  constructor(
    private readonly reads: Reads,
    @Inject(Port.LiveViews) private readonly views: LiveViews,
  ) {}

  @Get()
  async all(
    @Query() query: PageQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ListAnswer<TeamAnswer>> {
    const wanted = pageWanted(query, list);
    await this.reads.configuration(request, reply);
    const page = partOf([...this.views.read(accessDirectory).teams.values()], ({ teamId }) => teamId, wanted);
    return listAnswer({ ...page, items: page.items.map(answerOf) }, list);
  }

  @Get(':teamId')
  async one(
    @Param('teamId') teamId: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TeamAnswer> {
    await this.reads.configuration(request, reply);
    return answerOf(existing(this.views.read(accessDirectory).teams.get(teamId)));
  }
}

function answerOf({ teamId, name, archived, members, channels }: Team): TeamAnswer {
  return { teamId, name, archived, userIds: [...members], channelIds: [...channels] };
}
