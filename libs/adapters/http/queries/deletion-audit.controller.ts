import { Controller, Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import { ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { Matches } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { readAudit, sealedHead, sha256Token, verifyDeletedContacts } from '#deletion-audit/audit';
import type { AuditHead, AuditVerification, Sha256, Signed } from '#deletion-audit/audit';
import { certify } from '#deletion-audit/certificate';
import type { ErasureCertificate } from '#deletion-audit/certificate';
import { deletedContactsPage, deletedContactsProjection, erasureView } from '#deletion-audit/deleted-contacts-view';
import type { DeletedContactEntry } from '#deletion-audit/deleted-contacts-view';
import { Port } from '#event-sourcing';
import type { Clock, EventStore, ReadModels, Signer } from '#event-sourcing';
import { ifGiven } from '../bodies/fields.js';
import { listAnswer, pageWanted, PageQuery } from '../conventions/page.js';
import type { ListAnswer } from '../conventions/page.js';
import { Reads } from '../conventions/reads.js';
import { existing } from '../problems/existing.js';
import { Problem } from '../problems/problem.js';

const list = { name: `deleted-contacts.${deletedContactsProjection.schema}`, values: 3 };

/** A head that was sealed before: both or none. */
class VerifyQuery {
  @ifGiven()
  @Matches(/^\d{1,12}$/, { message: 'events must be a number of events' })
  @ApiPropertyOptional({ type: 'integer', minimum: 0 })
  readonly events?: string;

  @ifGiven()
  @Matches(/^[0-9a-f]{64}$/, { message: 'head must be a SHA-256 in lower-case hex' })
  @ApiPropertyOptional({ type: String })
  readonly head?: string;
}

@ApiTags('deletion')
@Controller('v1')
export class DeletionAuditQueriesController {
  constructor(
    private readonly reads: Reads,
    @Inject(Port.ReadModels) private readonly models: ReadModels,
    @Inject(Port.EventStore) private readonly store: EventStore,
    @Inject(sha256Token) private readonly sha256: Sha256,
    @Inject(Port.Clock) private readonly clock: Clock,
    @Inject(Port.Signer) private readonly signer: Signer,
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
  async verify(@Query() { events, head }: VerifyQuery): Promise<AuditVerification> {
    const sealed = events !== undefined && head !== undefined ? { events: Number(events), head } : undefined;
    return verifyDeletedContacts(this.store, this.sha256, sealed);
  }

  /** The head of the chain, signed: to be kept where nobody who can change the audit can change it too. */
  @Get('audit/deleted-contacts/head')
  async head(): Promise<Signed<AuditHead>> {
    const head = await sealedHead(this.store, this.sha256, this.clock.now(), this.signer);
    if (head === undefined) throw new Problem('audit-broken');
    return head;
  }

  /** What was destroyed and when, signed: for the person who asked for it. */
  @Get('erasures/:erasureId/certificate')
  async certificate(@Param('erasureId') erasureId: string): Promise<Signed<ErasureCertificate>> {
    const events = await readAudit(this.store);
    if (!events.some(({ data }) => data.erasureId === erasureId)) throw new Problem('not-found');
    const certificate = certify(events, erasureId, this.clock.now(), this.signer);
    if (certificate === undefined) throw new Problem('erasure-under-way');
    return certificate;
  }

  @Get('erasures/:erasureId')
  async erasure(
    @Param('erasureId') erasureId: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DeletedContactEntry> {
    await this.reads.models(request, reply);
    return existing(await erasureView(this.models, erasureId));
  }
}
