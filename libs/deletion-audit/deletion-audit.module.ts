import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { createConversationChains } from '#conversations/chain';
import { Port } from '#event-sourcing';
import type { Clock, CommandRunner, EventStore, Ids, LiveViews } from '#event-sourcing';
import { createAuditDecider, sha256Token } from './audit/index.js';
import type { Sha256 } from './audit/index.js';
import { bulkDeletionHandlers } from './bulk-deletion/index.js';
import { erasureHandlers, erasurePorts } from './contact-erasure/index.js';
import type { ErasurePorts } from './contact-erasure/index.js';
import { redactionHandlers } from './redactions/index.js';

/** The request for a deletion or a redaction; the ports and `sha256Token` come from the composition. */
@Module({
  imports: [CqrsModule],
  providers: [
    {
      provide: erasurePorts,
      useFactory: (
        store: EventStore,
        runner: CommandRunner,
        ids: Ids,
        clock: Clock,
        views: LiveViews,
        sha256: Sha256,
      ): ErasurePorts => {
        return {
          store,
          runner,
          ids,
          clock,
          views,
          chains: createConversationChains(runner),
          audit: createAuditDecider(sha256),
        };
      },
      inject: [Port.EventStore, Port.CommandRunner, Port.Ids, Port.Clock, Port.LiveViews, sha256Token],
    },
    ...erasureHandlers,
    ...bulkDeletionHandlers,
    ...redactionHandlers,
  ],
})
export class DeletionAuditModule {}
