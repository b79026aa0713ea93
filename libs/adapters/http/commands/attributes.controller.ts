import { Body, Controller, Delete, Param, Patch, Post, Put, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  AddAttributeOption,
  ChangeAttribute,
  DefineAttribute,
  ReorderAttributes,
  RetireAttributeOption,
} from '#attributes/attributes';
import { Commands } from '../conventions/commands.js';
import type { PositionAnswer } from '../conventions/commands.js';
import { Origins } from '../conventions/origins.js';
import { AttributeOptionBody, AttributeOrderBody, ChangeAttributeBody, DefineAttributeBody } from './attributes.dto.js';

@ApiTags('attributes')
@Controller('v1/attributes')
export class AttributeCommandsController {
  constructor(
    private readonly commands: Commands,
    private readonly origins: Origins,
  ) {}

  @Post()
  async define(
    @Body() { alias, label, format, repeatable = false, options = [] }: DefineAttributeBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ alias: string; position: string }> {
    const origin = this.origins.of(request);
    const identified = options.map(({ optionId, label }, n) => ({
      optionId: optionId ?? `${origin.header.commandId}.${n}`,
      label,
    }));
    const attribute = { alias, label, format, repeatable, options: identified };
    const defined = await this.commands.run(new DefineAttribute(origin, attribute));
    return { alias, position: await this.commands.configured(reply, defined) };
  }

  /** `aliases`: the full names, the first ones first. */
  @Put('order')
  async reorder(
    @Body() { aliases }: AttributeOrderBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PositionAnswer> {
    const command = new ReorderAttributes(this.origins.of(request), aliases);
    return { position: await this.commands.configured(reply, await this.commands.run(command)) };
  }

  /** `alias`: of a custom or standard attribute, or `whatsapp.phone` for a platform one. */
  @Patch(':alias')
  async change(
    @Param('alias') name: string,
    @Body() { label, enabled, lookup, managed, retention }: ChangeAttributeBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PositionAnswer> {
    const change = { name, label, enabled, lookup, managed, retention };
    const command = new ChangeAttribute(this.origins.of(request), change);
    return { position: await this.commands.configured(reply, await this.commands.run(command)) };
  }

  /** Takes a retired option back when it names one. */
  @Post(':alias/options')
  async addOption(
    @Param('alias') alias: string,
    @Body() { optionId: given, label }: AttributeOptionBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ optionId: string; position: string }> {
    const origin = this.origins.of(request);
    const optionId = given ?? origin.header.commandId;
    const added = await this.commands.run(new AddAttributeOption(origin, { alias, optionId, label }));
    return { optionId, position: await this.commands.configured(reply, added) };
  }

  /** It can be chosen no more; values that have it keep it. */
  @Delete(':alias/options/:optionId')
  async retireOption(
    @Param('alias') alias: string,
    @Param('optionId') optionId: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PositionAnswer> {
    const command = new RetireAttributeOption(this.origins.of(request), { alias, optionId });
    return { position: await this.commands.configured(reply, await this.commands.run(command)) };
  }
}
