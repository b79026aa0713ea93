import { Body, Controller, Delete, Param, Put, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { UnblockContact } from '#contacts/contact';
import { BlockContact } from '#conversations/when-contact-blocked-then-close';
import { Commands } from '../conventions/commands.js';
import type { PositionAnswer } from '../conventions/commands.js';
import { Origins } from '../conventions/origins.js';
import { BlockContactBody } from './contacts.dto.js';

@ApiTags('contacts')
@Controller('v1/contacts/:contactId/block')
export class ContactBlockController {
  constructor(
    private readonly commands: Commands,
    private readonly origins: Origins,
  ) {}

  /** A body is only needed where a reason is given. */
  @Put()
  async block(
    @Param('contactId') contactId: string,
    @Body() { reason }: BlockContactBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PositionAnswer> {
    return this.commands.answer(reply, new BlockContact(this.origins.of(request), { contactId, reason }));
  }

  @Delete()
  async unblock(
    @Param('contactId') contactId: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PositionAnswer> {
    return this.commands.answer(reply, new UnblockContact(this.origins.of(request), { contactId }));
  }
}
