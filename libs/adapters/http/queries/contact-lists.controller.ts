import { Controller, Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { attributeDirectory } from '#attributes/attributes';
import { attributeHistory, attributeHistoryProjection } from '#contacts/attribute-history';
import type { ValueChange } from '#contacts/attribute-history';
import { contactNotes, contactNotesProjection } from '#contacts/contact-notes';
import type { ContactNote } from '#contacts/contact-notes';
import { mergePreview, visibleContact } from '#contacts/contact-view';
import type { MergePreview, WholeContact } from '#contacts/contact-view';
import { conversationsOf, conversationsProjection } from '#conversations/conversation-view';
import type { ConversationLine } from '#conversations/conversation-view';
import { Port } from '#event-sourcing';
import type { LiveViews, ReadModels } from '#event-sourcing';
import { existingContact, isErased } from '../conventions/gone.js';
import { listAnswer, pageWanted, PageQuery } from '../conventions/page.js';
import type { ListAnswer } from '../conventions/page.js';
import { Reads } from '../conventions/reads.js';
import { Viewers } from '../conventions/viewers.js';
import { existing } from '../problems/existing.js';
import { MergePreviewQuery } from './merges.dto.js';

const conversations = { name: `contact-conversations.${conversationsProjection.schema}`, values: 3 };
const valueHistory = { name: `attribute-history.${attributeHistoryProjection.schema}`, values: 3 };
const notes = { name: `contact-notes.${contactNotesProjection.schema}`, values: 3 };

/** What of a contact has lists of its own, and what a merge would make of two. */
@ApiTags('contacts')
@Controller('v1/contacts/:contactId')
export class ContactListsController {
  constructor(
    private readonly reads: Reads,
    private readonly viewers: Viewers,
    @Inject(Port.ReadModels) private readonly models: ReadModels,
    @Inject(Port.LiveViews) private readonly views: LiveViews,
  ) {}

  /** Newest first, also those of contacts that were merged into it. */
  @Get('conversations')
  async conversations(
    @Param('contactId') contactId: string,
    @Query() query: PageQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ListAnswer<ConversationLine>> {
    const wanted = pageWanted(query, conversations);
    const { contactIds } = await this.contact(contactId, request, reply);
    const page = await conversationsOf(this.models, contactIds, this.viewers.of(request), wanted);
    return listAnswer(page, conversations);
  }

  /** Newest first. */
  @Get('notes')
  async notes(
    @Param('contactId') contactId: string,
    @Query() query: PageQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ListAnswer<ContactNote>> {
    const wanted = pageWanted(query, notes);
    const { contactIds } = await this.contact(contactId, request, reply);
    return listAnswer(await contactNotes(this.models, contactIds, wanted), notes);
  }

  /** What the attribute has held, newest first; `null`: cleared. */
  @Get('attributes/:alias/history')
  async attributeHistory(
    @Param('contactId') contactId: string,
    @Param('alias') name: string,
    @Query() query: PageQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ListAnswer<ValueChange>> {
    const wanted = pageWanted(query, valueHistory);
    const contact = await this.contact(contactId, request, reply);
    const catalogue = this.views.read(attributeDirectory);
    const viewer = this.viewers.of(request);
    const page = existing(await attributeHistory(this.models, catalogue, { contact, name }, viewer, wanted));
    return listAnswer(page, valueHistory);
  }

  /** Changes nothing. */
  @Get('merge/preview')
  async preview(
    @Param('contactId') contactId: string,
    @Query() { with: secondaryId }: MergePreviewQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<MergePreview> {
    const { vip, blocked } = await this.contact(contactId, request, reply);
    const ids = { primaryId: contactId, secondaryId };
    const preview = await mergePreview(this.models, ids, this.viewers.of(request));
    if (preview || !(await isErased(this.models, secondaryId))) return existing(preview);
    return { ...ids, identities: [], conflicts: [], vip, blocked, obstacle: 'secondary-deleted' };
  }

  private async contact(contactId: string, request: FastifyRequest, reply: FastifyReply): Promise<WholeContact> {
    await this.reads.models(request, reply);
    const found = await visibleContact(this.models, contactId, this.viewers.of(request));
    return existingContact(this.models, contactId, found);
  }
}
