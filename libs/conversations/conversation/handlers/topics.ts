import { Inject } from '@nestjs/common';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import type { Origin } from '#event-sourcing';
import { topicsDirectory } from '#topics/topics';
import { conversationPorts } from '../../chain/ports.js';
import type { ConversationPorts } from '../../chain/ports.js';
import { touch } from '../touch.js';
import type { ConversationResult } from '../touch.js';

export class AddTopic extends Command<ConversationResult> {
  constructor(
    readonly origin: Origin,
    readonly topic: { readonly conversationId: string; readonly topicId: string },
  ) {
    super();
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

export class RemoveTopic extends Command<ConversationResult> {
  constructor(
    readonly origin: Origin,
    readonly topic: { readonly conversationId: string; readonly topicId: string },
  ) {
    super();
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
