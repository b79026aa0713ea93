import { Module } from '@nestjs/common';
import { catalogue, projections } from '#product';
import { Accesses } from '../conventions/accesses.js';
import { Moments } from '../conventions/moments.js';
import { Past } from '../conventions/past.js';
import { QueueLook } from '../conventions/queue-look.js';
import { Reads } from '../conventions/reads.js';
import { Viewers } from '../conventions/viewers.js';
import { HttpPort } from '../http-ports.js';
import { AccessLogController } from './access-log.controller.js';
import { AttributeQueriesController } from './attributes.controller.js';
import { BusinessHoursQueriesController } from './business-hours.controller.js';
import { ChannelQueriesController } from './channels.controller.js';
import { ClosingNoteQueriesController } from './closing-notes.controller.js';
import { ContactListsController } from './contact-lists.controller.js';
import { ContactQueriesController } from './contacts.controller.js';
import { ConversationQueriesController } from './conversations.controller.js';
import { DeletionAuditQueriesController } from './deletion-audit.controller.js';
import { GroupQueriesController } from './groups.controller.js';
import { DossierController } from './dossier.controller.js';
import { MetricsController } from './metrics.controller.js';
import { MentionsController } from './mentions.controller.js';
import { LiveChanges } from '../live/changes.js';
import { LiveController } from '../live/live.controller.js';
import { PriorityScoreQueriesController } from './priority-scores.controller.js';
import { JobQueriesController } from './jobs.controller.js';
import { QueueQueriesController } from './queue.controller.js';
import { RoutingRuleQueriesController } from './routing-rules.controller.js';
import { SavedReplyQueriesController } from './saved-replies.controller.js';
import { SettingsQueriesController } from './settings.controller.js';
import { TeamQueriesController } from './teams.controller.js';
import { RebuildQueriesController } from './rebuilds.controller.js';
import { ReplayController } from './replay.controller.js';
import { TimelinesController } from './timelines.controller.js';
import { TopicQueriesController } from './topics.controller.js';
import { LinkQueriesController } from './links.controller.js';
import { SearchController } from './search.controller.js';
import { UserQueriesController } from './users.controller.js';
import { WorkflowQueriesController } from './workflows.controller.js';

/** Everything that only shows. */
@Module({
  controllers: [
    AccessLogController,
    AttributeQueriesController,
    BusinessHoursQueriesController,
    ChannelQueriesController,
    ClosingNoteQueriesController,
    ContactListsController,
    ContactQueriesController,
    ConversationQueriesController,
    DeletionAuditQueriesController,
    GroupQueriesController,
    DossierController,
    MentionsController,
    MetricsController,
    LiveController,
    PriorityScoreQueriesController,
    JobQueriesController,
    RoutingRuleQueriesController,
    QueueQueriesController,
    SavedReplyQueriesController,
    SettingsQueriesController,
    TeamQueriesController,
    RebuildQueriesController,
    ReplayController,
    TimelinesController,
    TopicQueriesController,
    LinkQueriesController,
    SearchController,
    UserQueriesController,
    WorkflowQueriesController,
  ],
  providers: [
    Accesses,
    Moments,
    Past,
    Reads,
    Viewers,
    { provide: HttpPort.Catalogue, useValue: catalogue },
    { provide: HttpPort.Projections, useValue: projections },
    LiveChanges,
    QueueLook,
  ],
})
export class QueryApiModule {}
