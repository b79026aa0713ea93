import { Controller, Get, Inject, Param, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { attributeDirectory, findAttribute } from '#attributes/attributes';
import type { AttributeCatalogue, AttributeDefinition } from '#attributes/attributes';
import { Port } from '#event-sourcing';
import type { LiveViews } from '#event-sourcing';
import { callerOf } from '../auth/authenticate.js';
import type { ListAnswer } from '../conventions/page.js';
import { Reads } from '../conventions/reads.js';
import { Problem } from '../problems/problem.js';

@ApiTags('attributes')
@Controller('v1/attributes')
export class AttributeQueriesController {
  constructor(
    private readonly reads: Reads,
    @Inject(Port.LiveViews) private readonly views: LiveViews,
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
    const attribute = findAttribute(await this.catalogue(request, reply), name);
    if (attribute === undefined) throw new Problem('not-found');
    return attribute;
  }

  private async catalogue(request: FastifyRequest, reply: FastifyReply): Promise<AttributeCatalogue> {
    await this.reads.configuration(request, reply);
    const catalogue = this.views.read(attributeDirectory);
    return callerOf(request).role === 'agent' ? catalogue.filter(({ enabled }) => enabled) : catalogue;
  }
}
