import { Inject } from '@nestjs/common';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import type { Origin } from '#event-sourcing';
import { conversationPorts } from '../../chain/ports.js';
import type { ConversationPorts } from '../../chain/ports.js';
import { openByHand } from '../open-by-hand.js';
import type { ConversationResult } from '../touch.js';

/** Opens a conversation by hand; the answer's first event holds the new `conversationId`. */
export class OpenConversation extends Command<ConversationResult> {
  constructor(
    readonly origin: Origin,
    readonly opening: {
      readonly contactId: string;
      readonly channelId: string;
      /** What a service acts for, if that is not itself. */
      readonly onBehalfOf?: 'automation' | undefined;
    },
  ) {
    super();
  }
}

@CommandHandler(OpenConversation)
export class OpenConversationHandler implements ICommandHandler<OpenConversation> {
  constructor(@Inject(conversationPorts) private readonly ports: ConversationPorts) {}

  execute({ origin, opening }: OpenConversation): Promise<ConversationResult> {
    return openByHand(this.ports, origin, opening);
  }
}
