import { Body, Controller, Get, Headers, HttpCode, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { channelDirectory } from '#channels/channel';
import type { ChannelSecretName } from '#channels/channel';
import { ReceiveInboundMessage } from '#conversations/inbound';
import { Port } from '#event-sourcing';
import type { LiveViews, Secrets } from '#event-sourcing';
import { parseJsonBody } from '../bodies/json-body.js';
import { Commands } from '../conventions/commands.js';
import { Origins } from '../conventions/origins.js';
import { Problem } from '../problems/problem.js';
import { textMessagesIn } from './payload.js';
import type { WhatsAppMessage } from './payload.js';
import { isSameSecret, isSignedBy } from './signature.js';

/** The webhook of the WhatsApp Cloud API. Its shapes are the provider's, so it is not part of the described API. */
@ApiExcludeController()
@Controller('v1/webhooks/whatsapp/:channelId')
export class WhatsAppController {
  constructor(
    private readonly commands: Commands,
    private readonly origins: Origins,
    @Inject(Port.LiveViews) private readonly views: LiveViews,
    @Inject(Port.Secrets) private readonly secrets: Secrets,
  ) {}

  /** The provider asks once whether the address is ours: it repeats our verify token, we repeat its challenge. */
  @Get()
  verify(
    @Param('channelId') channelId: string,
    @Query() query: Readonly<Record<string, unknown>>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): string {
    const { 'hub.mode': mode, 'hub.verify_token': given, 'hub.challenge': challenge } = query;
    const expected = this.secretOf(channelId, 'verifyToken');
    const ours =
      mode === 'subscribe' && expected !== undefined && typeof given === 'string' && isSameSecret(expected, given);
    if (!ours) throw new Problem('bad-signature', { detail: 'The verify token is not that of the channel.' });
    if (typeof challenge !== 'string' || !/^[\x21-\x7e]{1,200}$/.test(challenge)) throw new Problem('bad-request');
    reply.type('text/plain');
    return challenge;
  }

  /**
   * Answers 200 when all texts are stored, so the provider delivers again what a fault kept us from storing; what came
   * before is known by its id. Unknown channels are refused like wrong signatures: which channels exist is not told.
   */
  @Post()
  @HttpCode(200)
  async receive(
    @Param('channelId') channelId: string,
    @Body() bytes: unknown,
    @Headers('x-hub-signature-256') signature: string | undefined,
    @Req() request: FastifyRequest,
  ): Promise<{ received: number }> {
    const appSecret = this.secretOf(channelId, 'appSecret');
    const signed = appSecret !== undefined && Buffer.isBuffer(bytes) && isSignedBy(appSecret, bytes, signature);
    if (!signed) throw new Problem('bad-signature');
    const messages = textMessagesIn(parseJsonBody(bytes));
    for (const message of messages) {
      const origin = this.origins.ofContact(request, channelId, message.externalMessageId);
      await this.commands.run(new ReceiveInboundMessage(origin, inboundFrom(channelId, message)));
    }
    return { received: messages.length };
  }

  private secretOf(channelId: string, name: ChannelSecretName): string | undefined {
    const channel = this.views.read(channelDirectory).get(channelId);
    const sealed = channel?.medium === 'whatsapp' ? channel.secrets[name] : undefined;
    return sealed === undefined ? undefined : this.secrets.open(sealed);
  }
}

function inboundFrom(channelId: string, message: WhatsAppMessage): ReceiveInboundMessage['message'] {
  const { externalMessageId, waId, profileName, text, sentAt } = message;
  const from = { externalUserId: waId, displayName: profileName };
  return { channelId, type: 'message', externalMessageId, from, text, sentAt };
}
