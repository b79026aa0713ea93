import { Controller, Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { reaches } from '#access/user';
import { channelDirectory } from '#channels/channel';
import type { Channel, Medium } from '#channels/channel';
import { Port } from '#event-sourcing';
import type { LiveViews } from '#event-sourcing';
import { listAnswer, pageWanted, partOf, PageQuery } from '../conventions/page.js';
import type { ListAnswer } from '../conventions/page.js';
import { Reads } from '../conventions/reads.js';
import { Viewers } from '../conventions/viewers.js';
import { existing } from '../problems/existing.js';

interface ChannelAnswer {
  readonly channelId: string;
  readonly medium: Medium;
  readonly name: string;
  readonly enabled: boolean;
  readonly settings: {
    readonly idScope: string;
    /** ISO 8601 duration after which idle conversations are closed; not there: never. */
    readonly closeAfter?: string;
    /** Whose numbers the channel tells without a country; not there: such numbers link nobody. */
    readonly region?: string;
    /** Names of the secrets that are set; the secrets themselves never come back. */
    readonly secrets: readonly string[];
  };
}

const list = { name: 'channels', values: 1 };

@ApiTags('channels')
@Controller('v1/channels')
export class ChannelQueriesController {
  constructor(
    private readonly reads: Reads,
    private readonly viewers: Viewers,
    @Inject(Port.LiveViews) private readonly views: LiveViews,
  ) {}

  @Get()
  async all(
    @Query() query: PageQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ListAnswer<ChannelAnswer>> {
    const wanted = pageWanted(query, list);
    const page = partOf(await this.visible(request, reply), ({ channelId }) => channelId, wanted);
    return listAnswer({ ...page, items: page.items.map(answerOf) }, list);
  }

  @Get(':channelId')
  async one(
    @Param('channelId') channelId: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ChannelAnswer> {
    return answerOf(
      existing((await this.visible(request, reply)).find((candidate) => candidate.channelId === channelId)),
    );
  }

  private async visible(request: FastifyRequest, reply: FastifyReply): Promise<readonly Channel[]> {
    await this.reads.configuration(request, reply);
    const { channels } = this.viewers.of(request);
    return [...this.views.read(channelDirectory).values()].filter(({ channelId }) => reaches(channels, [channelId]));
  }
}

function answerOf(channel: Channel): ChannelAnswer {
  const { channelId, medium, name, enabled, idScope, closeAfter, region, secrets } = channel;
  const given = { ...(closeAfter !== undefined && { closeAfter }), ...(region !== undefined && { region }) };
  return { channelId, medium, name, enabled, settings: { idScope, ...given, secrets: Object.keys(secrets) } };
}
