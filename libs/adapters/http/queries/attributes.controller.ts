import { Controller, Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { attributeDirectory, findAttribute, retentionOf } from '#attributes/attributes';
import type { AttributeCatalogue, AttributeDefinition } from '#attributes/attributes';
import { outlivedValues } from '#contacts/value-retention';
import type { OutlivedValue } from '#contacts/value-retention';
import { Port } from '#event-sourcing';
import type { Clock, LiveViews, ReadModels } from '#event-sourcing';
import { callerOf } from '../auth/authenticate.js';
import { listAnswer, pageWanted, PageQuery } from '../conventions/page.js';
import type { ListAnswer } from '../conventions/page.js';
import { Reads } from '../conventions/reads.js';
import { existing } from '../problems/existing.js';

const preview = { name: 'retention-preview', values: 1 };

@ApiTags('attributes')
@Controller('v1/attributes')
export class AttributeQueriesController {
  constructor(
    private readonly reads: Reads,
    @Inject(Port.LiveViews) private readonly views: LiveViews,
    @Inject(Port.ReadModels) private readonly models: ReadModels,
    @Inject(Port.Clock) private readonly clock: Clock,
  ) {}

  /**
   * All that the caller may see, in the admin's order: what a contact's page shows follows it, so it is never paged.
   * ATT-3: agents do not see what is switched off.
   */
  @Get()
  async all(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ListAnswer<AttributeDefinition>> {
    return { items: await this.catalogue(request, reply) };
  }

  @Get(':alias')
  async one(
    @Param('alias') name: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AttributeDefinition> {
    return existing(findAttribute(await this.catalogue(request, reply), name));
  }

  /** ATT-7, the dry run: the contacts whose value has outlived the attribute's retention. Nothing is cleared. */
  @Get(':alias/retention/preview')
  async retentionPreview(
    @Param('alias') name: string,
    @Query() query: PageQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ListAnswer<Omit<OutlivedValue, 'ownerId' | 'revision'>>> {
    const wanted = pageWanted(query, preview);
    const attribute = existing(findAttribute(await this.catalogue(request, reply), name));
    await this.reads.models(request, reply);
    const kept = attribute.retention === null ? undefined : retentionOf(attribute.retention);
    if (kept === undefined) return { items: [] };
    const before = new Date(Date.parse(this.clock.now()) - kept).toISOString();
    const page = await outlivedValues(this.models, attribute, before, wanted);
    const items = page.items.map(({ contactId, name, since }) => ({ contactId, name, since }));
    return listAnswer({ ...page, items }, preview);
  }

  private async catalogue(request: FastifyRequest, reply: FastifyReply): Promise<AttributeCatalogue> {
    await this.reads.configuration(request, reply);
    const catalogue = this.views.read(attributeDirectory);
    return callerOf(request).role === 'agent' ? catalogue.filter(({ enabled }) => enabled) : catalogue;
  }
}
