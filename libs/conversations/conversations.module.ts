import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { Port } from '#event-sourcing';
import type { Clock, CommandRunner, Ids, LiveViews } from '#event-sourcing';
import { conversationPorts, createConversationChains } from './chain/index.js';
import type { ConversationPorts } from './chain/index.js';
import { closingNotesHandlers } from './closing-notes/index.js';
import { contactAssignmentHandlers } from './contact-assignment/index.js';
import { conversationHandlers } from './conversation/index.js';
import { priorityHandlers } from './priority/index.js';
import { inboundHandlers } from './inbound/index.js';
import { outboundHandlers } from './outbound/index.js';
import { mergingHandlers } from './when-contacts-merged-then-hand-over/index.js';
import { blockingHandlers } from './when-contact-blocked-then-close/index.js';

/** Commands of conversations and the inbound path; the ports come from the composition. */
@Module({
  imports: [CqrsModule],
  providers: [
    {
      provide: conversationPorts,
      useFactory: (runner: CommandRunner, ids: Ids, views: LiveViews, clock: Clock): ConversationPorts => {
        return { runner, ids, views, clock, chains: createConversationChains(runner) };
      },
      inject: [Port.CommandRunner, Port.Ids, Port.LiveViews, Port.Clock],
    },
    ...conversationHandlers,
    ...inboundHandlers,
    ...outboundHandlers,
    ...closingNotesHandlers,
    ...priorityHandlers,
    ...contactAssignmentHandlers,
    ...blockingHandlers,
    ...mergingHandlers,
  ],
})
export class ConversationsModule {}
