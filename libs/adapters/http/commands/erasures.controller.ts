import { Body, Controller, Delete, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { RequestErasure } from '#deletion-audit/contact-erasure';
import { callerOf } from '../auth/authenticate.js';
import { Commands } from '../conventions/commands.js';
import { Origins } from '../conventions/origins.js';
import { DeleteContactBody, RequestErasureBody } from './erasures.dto.js';

interface ErasureAnswer {
  readonly erasureId: string;
  readonly position: string;
}

/** Deletion is requested here and done by a workflow: 202, and `GET /v1/erasures/:id` tells how far it is. */
@ApiTags('deletion')
@Controller('v1')
export class ErasuresController {
  constructor(
    private readonly commands: Commands,
    private readonly origins: Origins,
  ) {}

  @Delete('contacts/:contactId')
  @HttpCode(202)
  async delete(
    @Param('contactId') contactId: string,
    @Body() body: DeleteContactBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ErasureAnswer> {
    return this.erase(contactId, body, request, reply);
  }

  @Post('erasures')
  @HttpCode(202)
  async request(
    @Body() body: RequestErasureBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ErasureAnswer> {
    return this.erase(body.contactId, body, request, reply);
  }

  private async erase(
    contactId: string,
    { hint, reason = 'requested', note }: DeleteContactBody,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<ErasureAnswer> {
    const erasure = { contactId, hint, reason, note, adminName: callerOf(request).name };
    const accepted = await this.commands.run(new RequestErasure(this.origins.of(request), erasure));
    return { erasureId: accepted.erasureId, position: this.commands.settled(reply, { position: accepted.position }) };
  }
}
