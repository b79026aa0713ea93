import { Body, Controller, Delete, HttpCode, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { attributeDirectory, vipEnabled } from '#attributes/attributes';
import { channelDirectory } from '#channels/channel';
import { dayOfInstant, readCondition } from '#contact-groups/condition';
import { CancelBulkDeletion, ConfirmBulkDeletion, selectContacts } from '#deletion-audit/bulk-deletion';
import type { Selected, Selection } from '#deletion-audit/bulk-deletion';
import { deletionReasons } from '#deletion-audit/contact-erasure';
import { Port } from '#event-sourcing';
import type { Clock, Ids, LiveViews, ReadModels } from '#event-sourcing';
import { linksOf } from '#linking/linked';
import type { LinkedContact } from '#linking/linked';
import { settingsDirectory } from '#settings/settings';
import { callerOf } from '../auth/authenticate.js';
import { Commands } from '../conventions/commands.js';
import type { PositionAnswer } from '../conventions/commands.js';
import { Origins } from '../conventions/origins.js';
import { Reads } from '../conventions/reads.js';
import { Problem } from '../problems/problem.js';
import { BulkDeletionBody, SelectionBody } from './bulk-deletions.dto.js';

const dayMs = 86_400_000;

interface BulkDeletionPreview {
  /** How many contacts would be deleted, each with an audit entry of its own. */
  readonly count: number;
  /** How many more go with them, because they were merged into one of them. */
  readonly mergedCount: number;
  /** Stands for exactly these contacts; the confirmation repeats it. */
  readonly fingerprint: string;
  readonly sample: readonly {
    readonly contactId: string;
    readonly name: string | null;
    readonly hint: string;
    /** These go with it. */
    readonly mergedIds: readonly string[];
    /** These seem to be the same person, and stay unless they are selected themselves. */
    readonly linked: readonly (LinkedContact & { readonly selected: boolean })[];
  }[];
}

/** DEL-7: what a condition or a retention rule would delete, and the job that does it. */
@ApiTags('deletion')
@Controller('v1')
export class BulkDeletionsController {
  constructor(
    private readonly commands: Commands,
    private readonly origins: Origins,
    private readonly reads: Reads,
    @Inject(Port.ReadModels) readonly models: ReadModels,
    @Inject(Port.LiveViews) private readonly views: LiveViews,
    @Inject(Port.Ids) readonly ids: Ids,
    @Inject(Port.Clock) private readonly clock: Clock,
  ) {}

  /** How many contacts there are, and the first few with those that would go along or stay linked; nothing happens. */
  @Post('bulk-deletions/preview')
  @HttpCode(200)
  async preview(
    @Body() body: SelectionBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<BulkDeletionPreview> {
    await this.reads.models(request, reply);
    const selected = await selectContacts(this, this.selectionOf(body));
    const { contacts, fingerprint } = selected;
    const mergedCount = contacts.reduce((sum, { mergedIds }) => sum + mergedIds.length, 0);
    return { count: contacts.length, mergedCount, fingerprint, sample: await this.sampleOf(selected) };
  }

  /** Deletes them one after another; `GET /v1/jobs/:jobId` tells how far it is. */
  @Post('bulk-deletions')
  @HttpCode(202)
  async confirm(
    @Body() { count, fingerprint: shown, reason, ...body }: BulkDeletionBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PositionAnswer & { readonly jobId: string }> {
    const origin = this.origins.of(request);
    const jobId = this.ids.derivedUuid('bulk-deletion', origin.header.commandId);
    const selection = this.selectionOf(body);
    const { contacts, fingerprint } = await selectContacts(this, selection);
    const inactiveSince = selection.by === 'inactivity' ? selection.inactiveSince : undefined;
    const adminName = callerOf(request).name;
    const reasons = deletionReasons(this.views);
    const deletion = { jobId, contacts, fingerprint, count, shown, reason, reasons, adminName, inactiveSince };
    const { position } = await this.commands.answer(reply, new ConfirmBulkDeletion(origin, deletion));
    return { jobId, position };
  }

  /** Nobody more is deleted; who was, stays deleted. */
  @Delete('jobs/:jobId')
  async cancel(
    @Param('jobId') jobId: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PositionAnswer> {
    return this.commands.answer(reply, new CancelBulkDeletion(this.origins.of(request), jobId));
  }

  private async sampleOf({ contacts, sample }: Selected): Promise<BulkDeletionPreview['sample']> {
    const { matchingAttribute, linkPlaceholders: placeholders } = this.views.read(settingsDirectory);
    const selected = new Set(contacts.map(({ contactId }) => contactId));
    const shown: BulkDeletionPreview['sample'][number][] = [];
    for (const { contactId, name, hint, mergedIds } of sample) {
      const { linked } = await linksOf(this, { matchingAttribute, placeholders }, contactId);
      const links = linked.map((link) => ({ ...link, selected: selected.has(link.contactId) }));
      shown.push({ contactId, name, hint, mergedIds, linked: links });
    }
    return shown;
  }

  private selectionOf({ condition, inactiveDays }: SelectionBody): Selection {
    if ((condition === undefined) === (inactiveDays === undefined)) {
      throw misfit('/condition', 'is needed, or inactiveDays, and not both');
    }
    const now = this.clock.now();
    if (inactiveDays !== undefined) {
      const inactiveSince = new Date(Date.parse(now) - inactiveDays * dayMs).toISOString();
      return { by: 'inactivity', inactiveSince };
    }
    const catalogue = this.views.read(attributeDirectory);
    const channelIds = new Set(this.views.read(channelDirectory).keys());
    const read = readCondition(condition, { catalogue, channelIds });
    if (!read.ok) throw misfit(`/condition${read.pointer}`, read.reason);
    const circumstances = { day: dayOfInstant(now), vipEnabled: vipEnabled(catalogue) };
    return { by: 'condition', condition: read.condition, circumstances };
  }
}

function misfit(pointer: string, detail: string): Problem {
  return new Problem('validation', { errors: [{ pointer, detail }] });
}
