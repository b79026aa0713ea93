import { Body, Controller, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { platformName } from '#attributes/attributes';
import { RedactContent } from '#deletion-audit/redactions';
import type { RedactionTarget } from '#deletion-audit/redactions';
import { Commands } from '../conventions/commands.js';
import { Origins } from '../conventions/origins.js';
import { Problem } from '../problems/problem.js';
import { RedactBody } from './redactions.dto.js';

/** DEL-8: one message, note or value is made unreadable for ever; its neighbours stay. */
@ApiTags('deletion')
@Controller('v1/redactions')
export class RedactionsController {
  constructor(
    private readonly commands: Commands,
    private readonly origins: Origins,
  ) {}

  @Post()
  async redact(
    @Body() body: RedactBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ readonly redactionId: string; readonly position: string }> {
    const accepted = await this.commands.run(new RedactContent(this.origins.of(request), targetOf(body)));
    const { redactionId, position } = accepted;
    return { redactionId, position: this.commands.settled(reply, { position }) };
  }
}

function targetOf(body: RedactBody): RedactionTarget {
  const given = (name: keyof RedactBody): string => {
    const value = body[name];
    if (value !== undefined) return value;
    throw new Problem('validation', {
      errors: [{ pointer: `/${name}`, detail: `${name} is needed for ${body.kind}` }],
    });
  };
  switch (body.kind) {
    case 'message':
      return { kind: 'message', conversationId: given('conversationId'), messageId: given('messageId') };
    case 'internal-note':
      return { kind: 'internal-note', conversationId: given('conversationId'), noteId: given('noteId') };
    case 'contact-note':
      return { kind: 'contact-note', contactId: given('contactId'), noteId: given('noteId') };
    case 'value': {
      const { alias, medium } = platformName(given('attribute'));
      return { kind: 'value', contactId: given('contactId'), alias, ...(medium && { medium }) };
    }
  }
}
