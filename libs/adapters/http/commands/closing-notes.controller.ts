import { Body, Controller, Delete, Param, Patch, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AddClosingCategory, ArchiveClosingCategory, RenameClosingCategory } from '#conversations/closing-notes';
import { Commands } from '../conventions/commands.js';
import type { PositionAnswer } from '../conventions/commands.js';
import { eventOf } from '../conventions/event-of.js';
import { Origins } from '../conventions/origins.js';
import { AddClosingCategoryBody, RenameClosingCategoryBody } from './closing-notes.dto.js';

@ApiTags('closing notes')
@Controller('v1/closing-categories')
export class ClosingNoteCommandsController {
  constructor(
    private readonly commands: Commands,
    private readonly origins: Origins,
  ) {}

  @Post()
  async add(
    @Body() { name, parentId }: AddClosingCategoryBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ categoryId: string; position: string }> {
    const added = await this.commands.run(new AddClosingCategory(this.origins.of(request), { name, parentId }));
    const { categoryId } = eventOf(added.events, 'ClosingCategoryAdded');
    return { categoryId, position: await this.commands.configured(reply, added) };
  }

  @Patch(':categoryId')
  async rename(
    @Param('categoryId') categoryId: string,
    @Body() { name }: RenameClosingCategoryBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PositionAnswer> {
    const command = new RenameClosingCategory(this.origins.of(request), { categoryId, name });
    return { position: await this.commands.configured(reply, await this.commands.run(command)) };
  }

  /** It stays on the notes that have it, and can be chosen no more. */
  @Delete(':categoryId')
  async archive(
    @Param('categoryId') categoryId: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PositionAnswer> {
    const archived = await this.commands.run(new ArchiveClosingCategory(this.origins.of(request), categoryId));
    return { position: await this.commands.configured(reply, archived) };
  }
}
