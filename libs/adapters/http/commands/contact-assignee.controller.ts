import { Body, Controller, Delete, Param, Put, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AssignContact, UnassignContact } from '#conversations/contact-assignment';
import { Commands } from '../conventions/commands.js';
import type { PositionAnswer } from '../conventions/commands.js';
import { Origins } from '../conventions/origins.js';
import { AssigneeBody, targetOf } from './assignee.dto.js';

@ApiTags('contacts')
@Controller('v1/contacts/:contactId/assignee')
export class ContactAssigneeController {
  constructor(
    private readonly commands: Commands,
    private readonly origins: Origins,
  ) {}

  /** While a conversation is open, that is assigned; the contact keeps its assignee afterwards. */
  @Put()
  async assign(
    @Param('contactId') contactId: string,
    @Body() body: AssigneeBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PositionAnswer> {
    const assignment = { contactId, to: targetOf(body) };
    return this.commands.answer(reply, new AssignContact(this.origins.of(request), assignment));
  }

  /** Only while no conversation is open. */
  @Delete()
  async unassign(
    @Param('contactId') contactId: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PositionAnswer> {
    return this.commands.answer(reply, new UnassignContact(this.origins.of(request), contactId));
  }
}
