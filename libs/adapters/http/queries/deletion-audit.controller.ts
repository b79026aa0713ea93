import { Controller, Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sha256Token } from '#deletion-audit/audit';
import type { Sha256 } from '#deletion-audit/audit';
import {
  deletedContactsPage,
  deletedContactsProjection,
  erasureView,
  verifyDeletedContacts,
} from '#deletion-audit/deleted-contacts-view';
import type { AuditVerification, DeletedContactEntry } from '#deletion-audit/deleted-contacts-view';
import { Port } from '#event-sourcing';
import type { EventStore, ReadModels } from '#event-sourcing';
import { listAnswer, pageWanted, PageQuery } from '../conventions/page.js';
import type { ListAnswer } from '../conventions/page.js';
import { Reads } from '../conventions/reads.js';
import { Problem } from '../problems/problem.js';

const list = { name: `deleted-contacts.${deletedContactsProjection.schema}`, values: 2 };

@ApiTags('deletion')
@Controller('v1')
export class DeletionAuditQueriesController {
  constructor(
    private readonly reads: Reads,
    @Inject(Port.ReadModels) private readonly models: ReadModels,
    @Inject(Port.EventStore) private readonly store: EventStore,
    @Inject(sha256Token) private readonly sha256: Sha256,
  ) {}

  /** The deletions, newest first. */
  @Get('audit/deleted-contacts')
  async all(
    @Query() query: PageQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ListAnswer<DeletedContactEntry>> {
    const wanted = pageWanted(query, list);
    await this.reads.models(request, reply);
    return listAnswer(await deletedContactsPage(this.models, wanted), list);
  }

  /** Recomputes the chain from the events, not from a model. */
  @Get('audit/deleted-contacts/verify')
  async verify(): Promise<AuditVerification> {
    return verifyDeletedContacts(this.store, this.sha256);
  }

  @Get('erasures/:erasureId')
  async erasure(
    @Param('erasureId') erasureId: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DeletedContactEntry> {
    await this.reads.models(request, reply);
    const entry = await erasureView(this.models, erasureId);
    if (entry === undefined) throw new Problem('not-found');
    return entry;
  }
}
