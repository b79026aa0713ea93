import { Body, Controller, Delete, HttpCode, Inject, Param, Patch, Post, Put, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  AddInternalNote,
  AssignConversation,
  CloseConversation,
  EditClosingNote,
  newerMessages,
  parseConversationId,
  OpenConversation,
  UnassignConversation,
  WriteReply,
} from '#conversations/conversation';
import { PreconditionFailed, Port } from '#event-sourcing';
import type { EventStore, LiveViews, ReadModels } from '#event-sourcing';
import { replyToSend } from '#saved-replies/sending';
import type { ReplyToSend } from '#saved-replies/sending';
import { Commands } from '../conventions/commands.js';
import type { PositionAnswer } from '../conventions/commands.js';
import { eventOf } from '../conventions/event-of.js';
import { etagOf } from '../conventions/etag.js';
import { Origins } from '../conventions/origins.js';
import { Viewers } from '../conventions/viewers.js';
import { problemOfRefusal } from '../problems/problem-of-refusal.js';
import { Problem } from '../problems/problem.js';
import { AssigneeBody, targetOf } from './assignee.dto.js';
import { onlyServices } from './only-services.js';
import {
  CloseConversationBody,
  ClosingNoteBody,
  InternalNoteBody,
  OpenConversationBody,
  WriteReplyBody,
} from './conversations.dto.js';

@ApiTags('conversations')
@Controller('v1/conversations')
export class ConversationCommandsController {
  constructor(
    private readonly commands: Commands,
    private readonly origins: Origins,
    private readonly viewers: Viewers,
    @Inject(Port.EventStore) private readonly store: EventStore,
    @Inject(Port.ReadModels) private readonly models: ReadModels,
    @Inject(Port.LiveViews) private readonly views: LiveViews,
  ) {}

  @Post()
  async open(
    @Body() { contactId, channelId, onBehalfOf }: OpenConversationBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ conversationId: string; position: string }> {
    onlyServices(request, onBehalfOf);
    const opening = { contactId, channelId, onBehalfOf };
    const opened = await this.commands.run(new OpenConversation(this.origins.of(request), opening));
    const { conversationId } = eventOf(opened.events, 'ConversationOpened');
    return { conversationId, position: this.commands.settled(reply, opened) };
  }

  /** The message is `queued`: delivering it is the channel's work, which comes after the answer. */
  @Post(':conversationId/messages')
  async write(
    @Param('conversationId') conversationId: string,
    @Body() { text, channelId, answers, writtenBy, savedReplyId }: WriteReplyBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ messageId: string; state: 'queued'; position: string }> {
    onlyServices(request, writtenBy);
    const made = await this.textOf(request, conversationId, { text, savedReplyId });
    const content = { conversationId, channelId, answers, writtenBy, ...made };
    const written = await this.commands
      .run(new WriteReply(this.origins.of(request), content))
      .catch((fault: unknown) => this.withNewerMessages(fault, request, conversationId));
    const { messageId } = eventOf(written.events, 'ReplyWritten');
    return { messageId, state: 'queued', position: this.commands.settled(reply, written) };
  }

  /** What is sent: the text that was given, or what a saved reply makes of the contact and the sender (REP-2). */
  private async textOf(
    request: FastifyRequest,
    conversationId: string,
    { text, savedReplyId }: { readonly text: string | undefined; readonly savedReplyId: string | undefined },
  ): Promise<{ readonly text: string } | ReplyToSend> {
    if (savedReplyId !== undefined) {
      const contactId = parseConversationId(conversationId)?.contactId ?? '';
      const ports = { models: this.models, views: this.views };
      const made = await replyToSend(ports, this.viewers.of(request), contactId, { text, savedReplyId });
      if ('code' in made) throw problemOfRefusal(made);
      return made;
    }
    if (text !== undefined) return { text };
    throw new Problem('validation', {
      errors: [{ pointer: '/text', detail: 'a message has a text, or a saved reply' }],
    });
  }

  /** Somebody answered on what they had seen, and there is more: they get it with the 412 (ASG-10). */
  private async withNewerMessages(fault: unknown, request: FastifyRequest, conversationId: string): Promise<never> {
    if (!(fault instanceof PreconditionFailed)) throw fault;
    const { channels } = this.viewers.of(request);
    const messages = await newerMessages(this.store, conversationId, fault.asked, channels);
    const headers = { etag: etagOf(fault.actual) };
    throw new Problem('precondition-failed', { headers, members: { messages }, cause: fault });
  }

  @Post(':conversationId/notes')
  async addNote(
    @Param('conversationId') conversationId: string,
    @Body() { text, mentions = [] }: InternalNoteBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ noteId: string; position: string }> {
    const note = { conversationId, text, mentions };
    const added = await this.commands.run(new AddInternalNote(this.origins.of(request), note));
    const { noteId } = eventOf(added.events, 'InternalNoteAdded');
    return { noteId, position: this.commands.settled(reply, added) };
  }

  /** A body is only needed where a note is given. */
  @Post(':conversationId/close')
  @HttpCode(200)
  async close(
    @Param('conversationId') conversationId: string,
    @Body() { category, summary, onBehalfOf }: CloseConversationBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PositionAnswer> {
    onlyServices(request, onBehalfOf);
    const closing = { conversationId, category, summary, onBehalfOf };
    return this.commands.answer(reply, new CloseConversation(this.origins.of(request), closing));
  }

  @Patch(':conversationId/closing-note')
  async editClosingNote(
    @Param('conversationId') conversationId: string,
    @Body() { category, summary }: ClosingNoteBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PositionAnswer> {
    const edit = { conversationId, category, summary };
    return this.commands.answer(reply, new EditClosingNote(this.origins.of(request), edit));
  }

  @Put(':conversationId/assignee')
  async assign(
    @Param('conversationId') conversationId: string,
    @Body() body: AssigneeBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PositionAnswer> {
    return this.commands.answer(
      reply,
      new AssignConversation(this.origins.of(request), conversationId, targetOf(body)),
    );
  }

  @Delete(':conversationId/assignee')
  async unassign(
    @Param('conversationId') conversationId: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PositionAnswer> {
    return this.commands.answer(reply, new UnassignConversation(this.origins.of(request), conversationId));
  }
}
