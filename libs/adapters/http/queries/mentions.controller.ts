import { Controller, Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { conversationNotes, mentionsOf } from '#conversations/internal-notes';
import type { InternalNoteItem } from '#conversations/internal-notes';
import { Port } from '#event-sourcing';
import type { ReadModels } from '#event-sourcing';
import { refuseGone } from '../conventions/gone.js';
import { listAnswer, pageWanted, PageQuery } from '../conventions/page.js';
import type { ListAnswer } from '../conventions/page.js';
import { Reads } from '../conventions/reads.js';
import { Viewers } from '../conventions/viewers.js';
import { existing } from '../problems/existing.js';

const mentions = { name: 'mentions', values: 3 };
const notes = { name: 'internal-notes', values: 3 };

@ApiTags('conversations')
@Controller('v1')
export class MentionsController {
  constructor(
    private readonly reads: Reads,
    private readonly viewers: Viewers,
    @Inject(Port.ReadModels) private readonly models: ReadModels,
  ) {}

  /** Notes that ask the caller to look, newest first. */
  @Get('mentions')
  async mine(
    @Query() query: PageQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ListAnswer<InternalNoteItem>> {
    const wanted = pageWanted(query, mentions);
    await this.reads.models(request, reply);
    return listAnswer(await mentionsOf(this.models, this.viewers.of(request), wanted), mentions);
  }

  /** All notes of a conversation, oldest first; its page shows the newest ones. */
  @Get('conversations/:conversationId/notes')
  async ofConversation(
    @Param('conversationId') conversationId: string,
    @Query() query: PageQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ListAnswer<InternalNoteItem>> {
    const wanted = pageWanted(query, notes);
    await this.reads.models(request, reply);
    const viewer = this.viewers.of(request);
    await refuseGone(this.models, conversationId, viewer);
    const page = existing(await conversationNotes(this.models, conversationId, viewer, wanted));
    return listAnswer(page, notes);
  }
}
