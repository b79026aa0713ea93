import { Controller, Get, Inject, Param, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { attributeDirectory } from '#attributes/attributes';
import { contactView } from '#contacts/contact-view';
import type { ContactView } from '#contacts/contact-view';
import { wasDeleted } from '#deletion-audit/deleted-contacts-view';
import { Port } from '#event-sourcing';
import type { LiveViews, ReadModels } from '#event-sourcing';
import { etagOf } from '../conventions/etag.js';
import { Reads } from '../conventions/reads.js';
import { Viewers } from '../conventions/viewers.js';
import { Problem } from '../problems/problem.js';

@ApiTags('contacts')
@Controller('v1/contacts')
export class ContactQueriesController {
  constructor(
    private readonly reads: Reads,
    private readonly viewers: Viewers,
    @Inject(Port.ReadModels) private readonly models: ReadModels,
    @Inject(Port.LiveViews) private readonly views: LiveViews,
  ) {}

  @Get(':contactId')
  async one(
    @Param('contactId') contactId: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Omit<ContactView, 'revision'>> {
    await this.reads.models(request, reply);
    const catalogue = this.views.read(attributeDirectory);
    const view = await contactView(this.models, catalogue, contactId, this.viewers.of(request));
    if (view === undefined) throw new Problem((await wasDeleted(this.models, contactId)) ? 'gone' : 'not-found');
    if ('gone' in view) throw new Problem('gone');
    const { revision, ...shown } = view;
    reply.header('etag', etagOf(revision));
    return shown;
  }
}
