import { Inject } from '@nestjs/common';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import type { Origin } from '#event-sourcing';
import { conversationPorts } from '../../chain/ports.js';
import type { ConversationPorts } from '../../chain/ports.js';
import { touch } from '../touch.js';
import type { ConversationResult } from '../touch.js';

/** `until`: RFC 3339 with any offset. */
export class SnoozeConversation extends Command<ConversationResult> {
  constructor(
    readonly origin: Origin,
    readonly snooze: { readonly conversationId: string; readonly until: string },
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

export class WakeConversation extends Command<ConversationResult> {
  constructor(
    readonly origin: Origin,
    readonly conversationId: string,
  ) {
    super();
  }
}

@CommandHandler(WakeConversation)
export class WakeConversationHandler implements ICommandHandler<WakeConversation> {
  constructor(@Inject(conversationPorts) private readonly ports: ConversationPorts) {}

  execute({ origin, conversationId }: WakeConversation): Promise<ConversationResult> {
    return touch(this.ports, origin, conversationId, ({ access }) => ({ ...origin.header, type: 'Wake', access }));
  }
}
