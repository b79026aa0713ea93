import { Body, Controller, Delete, Param, Patch, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AddContactNote, EditContactNote, RemoveContactNote } from '#contacts/contact';
import { Commands } from '../conventions/commands.js';
import type { PositionAnswer } from '../conventions/commands.js';
import { eventOf } from '../conventions/event-of.js';
import { Origins } from '../conventions/origins.js';
import { ContactNoteBody } from './contacts.dto.js';

@ApiTags('contacts')
@Controller('v1/contacts/:contactId/notes')
export class ContactNoteCommandsController {
  constructor(
    private readonly commands: Commands,
    private readonly origins: Origins,
  ) {}

  @Post()
  async add(
    @Param('contactId') contactId: string,
    @Body() { text }: ContactNoteBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ noteId: string; position: string }> {
    const added = await this.commands.run(new AddContactNote(this.origins.of(request), { contactId, text }));
    const { noteId } = eventOf(added.events, 'ContactNoteAdded');
    return { noteId, position: this.commands.settled(reply, added) };
  }

  @Patch(':noteId')
  async edit(
    @Param('contactId') contactId: string,
    @Param('noteId') noteId: string,
    @Body() { text }: ContactNoteBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PositionAnswer> {
    return this.commands.answer(reply, new EditContactNote(this.origins.of(request), { contactId, noteId, text }));
  }

  @Delete(':noteId')
  async remove(
    @Param('contactId') contactId: string,
    @Param('noteId') noteId: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PositionAnswer> {
    return this.commands.answer(reply, new RemoveContactNote(this.origins.of(request), { contactId, noteId }));
  }
}
