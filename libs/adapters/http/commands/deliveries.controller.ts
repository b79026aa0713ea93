import { Body, Controller, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ReportDelivery } from '#conversations/outbound';
import type { DeliveryReport } from '#conversations/outbound';
import { Id, OneOf, OptionalText } from '../bodies/fields.js';
import { Commands } from '../conventions/commands.js';
import type { PositionAnswer } from '../conventions/commands.js';
import { Origins } from '../conventions/origins.js';

const reported = ['handedToChannel', 'delivered', 'read', 'failed'] as const;

class DeliveryBody {
  @Id() readonly messageId!: string;
  /** `failed`: for good; what the connector tries again has not failed. */
  @OneOf(reported) readonly state!: (typeof reported)[number];
  /** The channel's own id of the message. */
  @OptionalText(500) readonly externalMessageId?: string;
  /** Why it failed, in the channel's words. */
  @OptionalText(1_000) readonly reason?: string;
}

@ApiTags('channels')
@Controller('v1/channels/:channelId/deliveries')
export class DeliveriesController {
  constructor(
    private readonly commands: Commands,
    private readonly origins: Origins,
  ) {}

  /** May come late, twice and in any order: a message does not go back. */
  @Post()
  @HttpCode(200)
  async report(
    @Param('channelId') channelId: string,
    @Body() body: DeliveryBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PositionAnswer> {
    const message = { channelId, messageId: body.messageId };
    return this.commands.answer(reply, new ReportDelivery(this.origins.of(request), message, reportOf(body)));
  }
}

function reportOf({ state, externalMessageId, reason = 'unknown' }: DeliveryBody): DeliveryReport {
  if (state === 'failed') return { state, reason };
  if (state !== 'handedToChannel') return { state };
  return { state, ...(externalMessageId !== undefined && { externalMessageId }) };
}
