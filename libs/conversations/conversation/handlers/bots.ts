import { Inject } from '@nestjs/common';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import type { Origin } from '#event-sourcing';
import { conversationPorts } from '../../chain/ports.js';
import type { ConversationPorts } from '../../chain/ports.js';
import { touch } from '../touch.js';
import type { ConversationResult } from '../touch.js';

/** From now on the bot's messages answer, until a colleague replies or it is taken back. */
export class HandToBot extends Command<ConversationResult> {
  constructor(
    readonly origin: Origin,
    readonly handOver: { readonly conversationId: string; readonly botId: string },
  ) {
    super();
  }
}

@CommandHandler(HandToBot)
export class HandToBotHandler implements ICommandHandler<HandToBot> {
  constructor(@Inject(conversationPorts) private readonly ports: ConversationPorts) {}

  execute({ origin, handOver: { conversationId, botId } }: HandToBot): Promise<ConversationResult> {
    return touch(this.ports, origin, conversationId, ({ access }) => {
      return { ...origin.header, type: 'HandToBot', access, botId };
    });
  }
}

export class TakeFromBot extends Command<ConversationResult> {
  constructor(
    readonly origin: Origin,
    readonly conversationId: string,
  ) {
    super();
  }
}

@CommandHandler(TakeFromBot)
export class TakeFromBotHandler implements ICommandHandler<TakeFromBot> {
  constructor(@Inject(conversationPorts) private readonly ports: ConversationPorts) {}

  execute({ origin, conversationId }: TakeFromBot): Promise<ConversationResult> {
    return touch(this.ports, origin, conversationId, ({ access }) => {
      return { ...origin.header, type: 'TakeFromBot', access };
    });
  }
}
