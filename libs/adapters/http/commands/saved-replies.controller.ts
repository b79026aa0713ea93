import { Body, Controller, Delete, Param, Patch, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  AddSavedReply,
  ChangeCollection,
  CreateCollection,
  EditSavedReply,
  RemoveSavedReply,
} from '#saved-replies/collection';
import { Commands } from '../conventions/commands.js';
import type { PositionAnswer } from '../conventions/commands.js';
import { eventOf } from '../conventions/event-of.js';
import { Origins } from '../conventions/origins.js';
import {
  AddSavedReplyBody,
  ChangeCollectionBody,
  CreateCollectionBody,
  EditSavedReplyBody,
} from './saved-replies.dto.js';

@ApiTags('saved replies')
@Controller('v1/saved-reply-collections')
export class SavedReplyCommandsController {
  constructor(
    private readonly commands: Commands,
    private readonly origins: Origins,
  ) {}

  @Post()
  async create(
    @Body() { name, personal = false, channelIds = [], teamIds = [] }: CreateCollectionBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ collectionId: string; position: string }> {
    const collection = { name, personal, channelIds, teamIds };
    const created = await this.commands.run(new CreateCollection(this.origins.of(request), collection));
    const { collectionId } = eventOf(created.events, 'SavedReplyCollectionCreated');
    return { collectionId, position: await this.commands.configured(reply, created) };
  }

  @Patch(':collectionId')
  async change(
    @Param('collectionId') collectionId: string,
    @Body() { name, channelIds, teamIds }: ChangeCollectionBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PositionAnswer> {
    const command = new ChangeCollection(this.origins.of(request), { collectionId, name, channelIds, teamIds });
    return { position: await this.commands.configured(reply, await this.commands.run(command)) };
  }

  /** Nothing of it is offered any more. */
  @Delete(':collectionId')
  async archive(
    @Param('collectionId') collectionId: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PositionAnswer> {
    const command = new ChangeCollection(this.origins.of(request), { collectionId, archived: true });
    return { position: await this.commands.configured(reply, await this.commands.run(command)) };
  }

  @Post(':collectionId/replies')
  async add(
    @Param('collectionId') collectionId: string,
    @Body() { title, shortcut, text }: AddSavedReplyBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ replyId: string; position: string }> {
    const command = new AddSavedReply(this.origins.of(request), collectionId, { title, shortcut, text });
    const added = await this.commands.run(command);
    const { replyId } = eventOf(added.events, 'SavedReplyAdded');
    return { replyId, position: await this.commands.configured(reply, added) };
  }

  @Patch(':collectionId/replies/:replyId')
  async edit(
    @Param('collectionId') collectionId: string,
    @Param('replyId') replyId: string,
    @Body() { title, shortcut, text }: EditSavedReplyBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PositionAnswer> {
    const change = { title, shortcut, text };
    const command = new EditSavedReply(this.origins.of(request), { collectionId, replyId }, change);
    return { position: await this.commands.configured(reply, await this.commands.run(command)) };
  }

  @Delete(':collectionId/replies/:replyId')
  async remove(
    @Param('collectionId') collectionId: string,
    @Param('replyId') replyId: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PositionAnswer> {
    const command = new RemoveSavedReply(this.origins.of(request), { collectionId, replyId });
    return { position: await this.commands.configured(reply, await this.commands.run(command)) };
  }
}
