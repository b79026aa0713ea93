import { Body, Controller, Param, Patch, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ChangeAttribute, DefineAttribute } from '#attributes/attributes';
import { Commands } from '../conventions/commands.js';
import { Origins } from '../conventions/origins.js';
import { ChangeAttributeBody, DefineAttributeBody } from './attributes.dto.js';

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
    const attribute = { alias, label, format, repeatable, options };
    const defined = await this.commands.run(new DefineAttribute(this.origins.of(request), attribute));
    return { alias, position: await this.commands.configured(reply, defined) };
  }

  /** `alias`: of a custom or standard attribute, or `whatsapp.phone` for a platform one. */
  @Patch(':alias')
  async change(
    @Param('alias') name: string,
    @Body() { label, enabled }: ChangeAttributeBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ position: string }> {
    const command = new ChangeAttribute(this.origins.of(request), { name, label, enabled });
    return { position: await this.commands.configured(reply, await this.commands.run(command)) };
  }
}
