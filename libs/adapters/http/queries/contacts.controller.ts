import { Controller, Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { attributeDirectory } from '#attributes/attributes';
import { groupDirectory } from '#contact-groups/groups';
import { contactView } from '#contacts/contact-view';
import type { ContactView } from '#contacts/contact-view';
import { statusesOf } from '#conversations/conversation-view';
import type { ConversationStatus } from '#conversations/conversation-view';
import { Port } from '#event-sourcing';
import type { LiveViews, ReadModels } from '#event-sourcing';
import { Accesses } from '../conventions/accesses.js';
import { etagOf } from '../conventions/etag.js';
import { existingContact } from '../conventions/gone.js';
import { AsOfQuery, Past } from '../conventions/past.js';
import { Reads } from '../conventions/reads.js';
import { Viewers } from '../conventions/viewers.js';

type ContactAnswer = Omit<ContactView, 'revision' | 'conversations'> & {
  readonly conversations: readonly (Omit<ContactView['conversations'][number], 'status'> & {
    readonly status: ConversationStatus;
  })[];
};

@ApiTags('contacts')
@Controller('v1/contacts')
export class ContactQueriesController {
  constructor(
    private readonly reads: Reads,
    private readonly viewers: Viewers,
    private readonly past: Past,
    private readonly accesses: Accesses,
    @Inject(Port.ReadModels) private readonly models: ReadModels,
    @Inject(Port.LiveViews) private readonly views: LiveViews,
  ) {}

  /** With `asOf`: as it was then, for today's eyes. */
  @Get(':contactId')
  async one(
    @Param('contactId') contactId: string,
    @Query() { asOf }: AsOfQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ContactAnswer> {
    await this.reads.models(request, reply);
    const live = await this.view(this.models, contactId, request);
    const models = asOf === undefined ? this.models : await this.past.ofContact(contactId, asOf, reply);
    const view = asOf === undefined ? live : await this.view(models, contactId, request);
    this.accesses.contactRead(request, contactId, 'contact');
    const { revision, conversations, ...shown } = view;
    reply.header('etag', etagOf(revision));
    return { ...shown, conversations: await withStatus(models, conversations) };
  }

  private async view(models: ReadModels, contactId: string, request: FastifyRequest): Promise<ContactView> {
    const configuration = { catalogue: this.views.read(attributeDirectory), groups: this.views.read(groupDirectory) };
    const view = await contactView(models, configuration, contactId, this.viewers.of(request));
    return existingContact(this.models, contactId, view);
  }
}

/** A contact's page knows only whether a conversation is open; who waits for whom, its own page tells. */
async function withStatus(
  models: ReadModels,
  conversations: ContactView['conversations'],
): Promise<ContactAnswer['conversations']> {
  const open = conversations.filter(({ status }) => status === 'open').map(({ conversationId }) => conversationId);
  const known = open.length === 0 ? undefined : await statusesOf(models, open);
  return conversations.map(({ status, ...conversation }) => ({
    ...conversation,
    status: status === 'closed' ? status : (known?.get(conversation.conversationId) ?? 'new'),
  }));
}
