import { Inject } from '@nestjs/common';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import type { Origin } from '#event-sourcing';
import { topicsDirectory } from '#topics/topics';
import { conversationPorts } from '../chain/ports.js';
import type { ConversationPorts } from '../chain/ports.js';
import { touch } from './touch.js';
import type { ConversationResult } from './touch.js';

/** `until`: RFC 3339 with any offset. */
export class SnoozeConversation extends Command<ConversationResult> {
  constructor(
    readonly origin: Origin,
    readonly snooze: { readonly conversationId: string; readonly until: string },
  ) {
    super();
  }
}

export class WakeConversation extends Command<ConversationResult> {
  constructor(
    readonly origin: Origin,
    readonly conversationId: string,
  ) {
    super();
  }
}

/** From now on the bot's messages answer, until a colleague replies or it is taken back. */
export class HandToBot extends Command<ConversationResult> {
  constructor(
    readonly origin: Origin,
    readonly handOver: { readonly conversationId: string; readonly botId: string },
  ) {
    super();
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

export class AddTopic extends Command<ConversationResult> {
  constructor(
    readonly origin: Origin,
    readonly topic: { readonly conversationId: string; readonly topicId: string },
  ) {
    super();
  }
}

export class RemoveTopic extends Command<ConversationResult> {
  constructor(
    readonly origin: Origin,
    readonly topic: { readonly conversationId: string; readonly topicId: string },
  ) {
    super();
  }
}

@CommandHandler(SnoozeConversation)
export class SnoozeConversationHandler implements ICommandHandler<SnoozeConversation> {
  constructor(@Inject(conversationPorts) private readonly ports: ConversationPorts) {}

  execute({ origin, snooze }: SnoozeConversation): Promise<ConversationResult> {
    const until = new Date(snooze.until).toISOString();
    return touch(this.ports, origin, snooze.conversationId, ({ access }) => {
      return { ...origin.header, type: 'Snooze', access, until };
    });
  }
}

@CommandHandler(WakeConversation)
export class WakeConversationHandler implements ICommandHandler<WakeConversation> {
  constructor(@Inject(conversationPorts) private readonly ports: ConversationPorts) {}

  execute({ origin, conversationId }: WakeConversation): Promise<ConversationResult> {
    return touch(this.ports, origin, conversationId, ({ access }) => ({ ...origin.header, type: 'Wake', access }));
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

@CommandHandler(TakeFromBot)
export class TakeFromBotHandler implements ICommandHandler<TakeFromBot> {
  constructor(@Inject(conversationPorts) private readonly ports: ConversationPorts) {}

  execute({ origin, conversationId }: TakeFromBot): Promise<ConversationResult> {
    return touch(this.ports, origin, conversationId, ({ access }) => {
      return { ...origin.header, type: 'TakeFromBot', access };
    });
  }
}

@CommandHandler(AddTopic)
export class AddTopicHandler implements ICommandHandler<AddTopic> {
  constructor(@Inject(conversationPorts) private readonly ports: ConversationPorts) {}

  execute({ origin, topic: { conversationId, topicId } }: AddTopic): Promise<ConversationResult> {
    return touch(this.ports, origin, conversationId, ({ access }) => {
      const known = this.ports.views.read(topicsDirectory).get(topicId)?.archived === false;
      return { ...origin.header, type: 'AddTopic', access, topicId, known };
    });
  }
}

@CommandHandler(RemoveTopic)
export class RemoveTopicHandler implements ICommandHandler<RemoveTopic> {
  constructor(@Inject(conversationPorts) private readonly ports: ConversationPorts) {}

  execute({ origin, topic: { conversationId, topicId } }: RemoveTopic): Promise<ConversationResult> {
    return touch(this.ports, origin, conversationId, ({ access }) => {
      return { ...origin.header, type: 'RemoveTopic', access, topicId };
    });
  }
}

export const statusHandlers = [
  SnoozeConversationHandler,
  WakeConversationHandler,
  HandToBotHandler,
  TakeFromBotHandler,
  AddTopicHandler,
  RemoveTopicHandler,
];
