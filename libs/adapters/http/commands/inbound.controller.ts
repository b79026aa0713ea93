import { Body, Controller, Param, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ReceiveInboundMessage } from '#conversations/inbound';
import { Commands } from '../conventions/commands.js';
import { Origins } from '../conventions/origins.js';
import { Problem } from '../problems/problem.js';
import { InboundBody } from './inbound.dto.js';

type InboundAnswer =
  | {
      readonly messageId: string;
      readonly contactId: string;
      readonly conversationId: string;
      readonly position: string;
    }
  | { readonly erased: true }
  | { readonly blocked: true };

@ApiTags('channels')
@Controller('v1/channels/:channelId/inbound')
export class InboundController {
  constructor(
    private readonly commands: Commands,
    private readonly origins: Origins,
  ) {}

  /**
   * 201 for a message that is new, 200 for one that had come before, with the same content; 202 of a blocked contact.
   */
  @Post()
  async receive(
    @Param('channelId') channelId: string,
    @Body() body: InboundBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<InboundAnswer> {
    const { type = 'message', externalMessageId, from, sentAt } = body;
    const origin = this.origins.ofContact(request, channelId, externalMessageId);
    const message = { channelId, type, externalMessageId, from, text: textOf(body), sentAt };
    const result = await this.commands.run(new ReceiveInboundMessage(origin, message));
    const position = this.commands.settled(reply, { position: result.position });
    if (result.kind === 'erased') {
      reply.status(200);
      return { erased: true };
    }
    if (result.kind === 'blocked') {
      reply.status(202);
      return { blocked: true };
    }
    reply.status(result.created ? 201 : 200);
    const { messageId, contactId, conversationId } = result;
    return { messageId, contactId, conversationId, position };
  }
}

function textOf({ type, text }: InboundBody): string {
  const isWelcome = type === 'welcome';
  if (isWelcome === (text === undefined)) return text ?? '';
  const detail = isWelcome ? 'a welcome event has no text' : 'a message has a text';
  throw new Problem('validation', { errors: [{ pointer: '/text', detail }] });
}
