import { Controller, Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import { ApiTags, IntersectionType } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { conversationView } from '#conversations/conversation-view';
import type { ConversationView } from '#conversations/conversation-view';
import { conversationMessages, messagesProjection } from '#conversations/messages';
import type { MessageItem } from '#conversations/messages';
import { Port } from '#event-sourcing';
import type { ReadModels } from '#event-sourcing';
import { etagOf } from '../conventions/etag.js';
import { refuseGone } from '../conventions/gone.js';
import { listAnswer, pageWanted, PageQuery } from '../conventions/page.js';
import type { ListAnswer } from '../conventions/page.js';
import { AsOfQuery, Past } from '../conventions/past.js';
import { Reads } from '../conventions/reads.js';
import { Viewers } from '../conventions/viewers.js';
import { existing } from '../problems/existing.js';

const messages = { name: `messages.${messagesProjection.schema}`, values: 4 };

class MessagesQuery extends IntersectionType(PageQuery, AsOfQuery) {}

@ApiTags('conversations')
@Controller('v1/conversations')
export class ConversationQueriesController {
  constructor(
    private readonly reads: Reads,
    private readonly viewers: Viewers,
    private readonly past: Past,
    @Inject(Port.ReadModels) private readonly models: ReadModels,
  ) {}

  /** With `asOf`: as it was then, for today's eyes. */
  @Get(':conversationId')
  async one(
    @Param('conversationId') conversationId: string,
    @Query() { asOf }: AsOfQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Omit<ConversationView, 'revision'>> {
    await this.reads.models(request, reply);
    await refuseGone(this.models, conversationId, this.viewers.of(request));
    const models = await this.modelsAt(conversationId, asOf, request, reply);
    const view = existing(await conversationView(models, conversationId, this.viewers.of(request)));
    const { revision, ...shown } = view;
    reply.header('etag', etagOf(revision));
    return shown;
  }

  /** Oldest first. */
  @Get(':conversationId/messages')
  async messages(
    @Param('conversationId') conversationId: string,
    @Query() query: MessagesQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ListAnswer<MessageItem>> {
    const wanted = pageWanted(query, messages);
    await this.reads.models(request, reply);
    await refuseGone(this.models, conversationId, this.viewers.of(request));
    const models = await this.modelsAt(conversationId, query.asOf, request, reply);
    const page = existing(await conversationMessages(models, conversationId, this.viewers.of(request), wanted));
    return listAnswer(page, messages);
  }

  /** The live models; with `asOf` those of then, if the viewer finds the conversation in the live ones. */
  private async modelsAt(
    conversationId: string,
    asOf: string | undefined,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<ReadModels> {
    if (asOf === undefined) return this.models;
    existing(await conversationView(this.models, conversationId, this.viewers.of(request)));
    return this.past.ofConversation(conversationId, asOf, reply);
  }
}
