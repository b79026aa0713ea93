import { Controller, Get, Inject, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { attributeDirectory } from '#attributes/attributes';
import { channelDirectory } from '#channels/channel';
import { groupDirectory } from '#contact-groups/groups';
import { Port } from '#event-sourcing';
import type { LiveViews, ReadModels } from '#event-sourcing';
import { contactSearchProjection } from '#search/contact-search';
import { find, searchables } from '#search/find';
import type { Finding, SearchConfiguration } from '#search/find';
import { messageSearchProjection } from '#search/message-search';
import { searchWords } from '#search/words';
import { listAnswer, pageWanted } from '../conventions/page.js';
import type { ListAnswer } from '../conventions/page.js';
import { Reads } from '../conventions/reads.js';
import { Viewers } from '../conventions/viewers.js';
import { SearchQuery } from './search.dto.js';

const list = { name: `search.${contactSearchProjection.schema}.${messageSearchProjection.schema}`, values: 1 };
const standardLimit = '20';

@ApiTags('search')
@Controller('v1/search')
export class SearchController {
  constructor(
    private readonly reads: Reads,
    private readonly viewers: Viewers,
    @Inject(Port.ReadModels) private readonly models: ReadModels,
    @Inject(Port.LiveViews) private readonly views: LiveViews,
  ) {}

  /** Contacts by name, identifiers, values and groups, conversations by what was written; newest first. */
  @Get()
  async find(
    @Query() query: SearchQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ListAnswer<Finding>> {
    const { limit = standardLimit, cursor } = query;
    const page = pageWanted(cursor === undefined ? { limit } : { limit, cursor }, list);
    await this.reads.models(request, reply);
    const words = searchWords(query.q);
    if (words === undefined) return { items: [] };
    const asked = query.in?.split(',') ?? searchables;
    const wanted = { ...page, words, in: new Set(searchables.filter((one) => asked.includes(one))) };
    return listAnswer(await find(this.models, this.configuration(), this.viewers.of(request), wanted), list);
  }

  private configuration(): SearchConfiguration {
    return {
      catalogue: this.views.read(attributeDirectory),
      groups: this.views.read(groupDirectory),
      channelIds: [...this.views.read(channelDirectory).keys()],
    };
  }
}
