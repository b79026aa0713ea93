import { Inject } from '@nestjs/common';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import type { Origin } from '#event-sourcing';
import { conversationPorts } from '../chain/index.js';
import type { ConversationPorts } from '../chain/index.js';
import type { InboundMessage } from './delivery.js';
import { receiveInbound } from './receive.js';
import type { InboundResult } from './receive.js';

/**
 * A message, or a welcome event, as a channel delivered it. The origin's command id derives from (channel, external
 * message id).
 */
export class ReceiveInboundMessage extends Command<InboundResult> {
  constructor(
    readonly origin: Origin,
    readonly message: InboundMessage,
  ) {
    super();
  }
}

@CommandHandler(ReceiveInboundMessage)
export class ReceiveInboundMessageHandler implements ICommandHandler<ReceiveInboundMessage> {
  constructor(@Inject(conversationPorts) private readonly ports: ConversationPorts) {}

  execute({ origin, message }: ReceiveInboundMessage): Promise<InboundResult> {
    return receiveInbound(this.ports, origin, message);
  }
}

export const inboundHandlers = [ReceiveInboundMessageHandler];
