import { Body, Controller, Delete, Param, Post, Put, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ClearAttribute, CreateContact, MarkVip, RenameContact, SetAttribute, UnmarkVip } from '#contacts/contact';
import type { GivenIdentity } from '#contacts/contact';
import { Commands } from '../conventions/commands.js';
import type { PositionAnswer } from '../conventions/commands.js';
import { eventOf } from '../conventions/event-of.js';
import { Origins } from '../conventions/origins.js';
import { Problem } from '../problems/problem.js';
import { CreateContactBody, RenameContactBody, SetAttributeBody } from './contacts.dto.js';
import type { IdentityBody } from './contacts.dto.js';

@ApiTags('contacts')
@Controller('v1/contacts')
export class ContactCommandsController {
  constructor(
    private readonly commands: Commands,
    private readonly origins: Origins,
  ) {}

  @Post()
  async create(
    @Body() { identities = [], name, attributes = [] }: CreateContactBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ contactId: string; position: string }> {
    const contact = { identities: identities.map(givenIdentity), name, attributes };
    const created = await this.commands.run(new CreateContact(this.origins.of(request), contact));
    const { contactId } = eventOf(created.events, 'ContactCreated');
    return { contactId, position: this.commands.settled(reply, created) };
  }

  @Put(':contactId/name')
  async rename(
    @Param('contactId') contactId: string,
    @Body() { name }: RenameContactBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PositionAnswer> {
    return this.commands.answer(reply, new RenameContact(this.origins.of(request), { contactId, name }));
  }

  @Put(':contactId/attributes/:alias')
  async setAttribute(
    @Param('contactId') contactId: string,
    @Param('alias') alias: string,
    @Body() { value, source }: SetAttributeBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PositionAnswer> {
    return this.commands.answer(reply, new SetAttribute(this.origins.of(request), { contactId, alias, value, source }));
  }

  @Delete(':contactId/attributes/:alias')
  async clearAttribute(
    @Param('contactId') contactId: string,
    @Param('alias') alias: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PositionAnswer> {
    return this.commands.answer(reply, new ClearAttribute(this.origins.of(request), { contactId, alias }));
  }

  @Put(':contactId/vip')
  async markVip(
    @Param('contactId') contactId: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PositionAnswer> {
    return this.commands.answer(reply, new MarkVip(this.origins.of(request), { contactId }));
  }

  @Delete(':contactId/vip')
  async unmarkVip(
    @Param('contactId') contactId: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PositionAnswer> {
    return this.commands.answer(reply, new UnmarkVip(this.origins.of(request), { contactId }));
  }
}

function givenIdentity({ channelId, medium, idScope, externalUserId }: IdentityBody, index: number): GivenIdentity {
  if (channelId !== undefined && medium === undefined && idScope === undefined) return { channelId, externalUserId };
  if (medium !== undefined && channelId === undefined) return { medium, idScope, externalUserId };
  const detail = 'names either a channelId or a medium, which can stand with an idScope';
  throw new Problem('validation', { errors: [{ pointer: `/identities/${index}`, detail }] });
}
