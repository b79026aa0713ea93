import { Inject } from '@nestjs/common';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import { accessDirectory, receiverOf } from '#access/user';
import type { Target } from '#access/user';
import type { Origin } from '#event-sourcing';
import { conversationPorts } from '../../chain/ports.js';
import type { ConversationPorts } from '../../chain/ports.js';
import { touch } from '../touch.js';
import type { ConversationResult } from '../touch.js';

export class AssignConversation extends Command<ConversationResult> {
  constructor(
    readonly origin: Origin,
    readonly conversationId: string,
    readonly to: Target,
  ) {
    super();
  }
}

@CommandHandler(AssignConversation)
export class AssignConversationHandler implements ICommandHandler<AssignConversation> {
  constructor(@Inject(conversationPorts) private readonly ports: ConversationPorts) {}

  execute({ origin, conversationId, to: target }: AssignConversation): Promise<ConversationResult> {
    return touch(this.ports, origin, conversationId, ({ access }) => {
      const to = receiverOf(this.ports.views.read(accessDirectory), target);
      return { ...origin.header, type: 'Assign', access, to, cause: 'hand' };
    });
  }
}

export class UnassignConversation extends Command<ConversationResult> {
  constructor(
    readonly origin: Origin,
    readonly conversationId: string,
  ) {
    super();
  }
}

@CommandHandler(UnassignConversation)
export class UnassignConversationHandler implements ICommandHandler<UnassignConversation> {
  constructor(@Inject(conversationPorts) private readonly ports: ConversationPorts) {}

  execute({ origin, conversationId }: UnassignConversation): Promise<ConversationResult> {
    return touch(this.ports, origin, conversationId, ({ access }) => ({
      ...origin.header,
      type: 'Unassign',
      access,
      cause: 'hand',
    }));
  }
}
