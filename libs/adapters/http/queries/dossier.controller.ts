import { Controller, Get, Inject, Param, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Viewer } from '#access/user';
import { attributeDirectory } from '#attributes/attributes';
import { groupDirectory } from '#contact-groups/groups';
import { contactView } from '#contacts/contact-view';
import { Port } from '#event-sourcing';
import type { Clock, EventStore, LiveViews, ReadModels, Secrets } from '#event-sourcing';
import { dossierOf } from '#history/dossier';
import type { Dossier } from '#history/dossier';
import { namesIn } from '#history/timeline';
import { callerOf } from '../auth/authenticate.js';
import { Accesses } from '../conventions/accesses.js';
import { existingContact } from '../conventions/gone.js';
import { Reads } from '../conventions/reads.js';

@ApiTags('history')
@Controller('v1/contacts')
export class DossierController {
  constructor(
    private readonly reads: Reads,
    private readonly accesses: Accesses,
    @Inject(Port.ReadModels) private readonly models: ReadModels,
    @Inject(Port.EventStore) private readonly store: EventStore,
    @Inject(Port.LiveViews) private readonly views: LiveViews,
    @Inject(Port.Secrets) private readonly secrets: Secrets,
    @Inject(Port.Clock) private readonly clock: Clock,
  ) {}

  /** Everything that is kept about a person, for an access request. */
  @Get(':contactId/dossier')
  async one(
    @Param('contactId') contactId: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Dossier> {
    await this.reads.models(request, reply);
    // What is switched off is hidden from people at work, and kept all the same: a service sees it.
    const viewer: Viewer = { userId: callerOf(request).subject, role: 'service', channels: 'all' };
    const configuration = { catalogue: this.views.read(attributeDirectory), groups: this.views.read(groupDirectory) };
    const found = await contactView(this.models, configuration, contactId, viewer);
    const contact = await existingContact(this.models, contactId, found);
    this.accesses.contactRead(request, contactId, 'dossier');
    const { models, store, secrets, clock } = this;
    return dossierOf({ models, store, secrets, clock, names: namesIn(this.views) }, contact, viewer);
  }
}
