import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { AccessModule } from '#access';
import { AssignmentModule } from '#assignment';
import { AttributesModule } from '#attributes';
import { BusinessHoursModule } from '#business-hours';
import { ChannelsModule } from '#channels';
import { ContactGroupsModule } from '#contact-groups';
import { LinkingModule } from '#linking';
import { ContactsModule } from '#contacts';
import { ConversationsModule } from '#conversations';
import { DeletionAuditModule } from '#deletion-audit';
import { RoutingModule } from '#routing';
import { SavedRepliesModule } from '#saved-replies';
import { SettingsModule } from '#settings';
import { TopicsModule } from '#topics';
import { KnownUsers } from '../auth/known-users.js';
import { Commands } from '../conventions/commands.js';
import { QueueLook } from '../conventions/queue-look.js';
import { Reads } from '../conventions/reads.js';
import { Viewers } from '../conventions/viewers.js';
import { Origins } from '../conventions/origins.js';
import { WhatsAppController } from '../whatsapp/whatsapp.controller.js';
import { AttributeCommandsController } from './attributes.controller.js';
import { BulkController } from './bulk.controller.js';
import { BulkDeletionsController } from './bulk-deletions.controller.js';
import { BusinessHoursCommandsController } from './business-hours.controller.js';
import { ChannelCommandsController } from './channels.controller.js';
import { ClosingNoteCommandsController } from './closing-notes.controller.js';
import { ContactAssigneeController } from './contact-assignee.controller.js';
import { ContactBlockController } from './contact-block.controller.js';
import { ContactNoteCommandsController } from './contact-notes.controller.js';
import { ContactCommandsController } from './contacts.controller.js';
import { ConversationStatusController } from './conversation-status.controller.js';
import { ConversationCommandsController } from './conversations.controller.js';
import { DeliveriesController } from './deliveries.controller.js';
import { ErasuresController } from './erasures.controller.js';
import { GroupCommandsController } from './groups.controller.js';
import { InboundController } from './inbound.controller.js';
import { RedactionsController } from './redactions.controller.js';
import { RebuildsController } from './rebuilds.controller.js';
import { RoutingRuleCommandsController } from './routing-rules.controller.js';
import { SavedReplyCommandsController } from './saved-replies.controller.js';
import { PresenceController } from './presence.controller.js';
import { PriorityScoreCommandsController } from './priority-scores.controller.js';
import { SettingsCommandsController } from './settings.controller.js';
import { TeamCommandsController } from './teams.controller.js';
import { TopicCommandsController } from './topics.controller.js';
import { MergeCommandsController } from './merges.controller.js';
import { UserCommandsController } from './users.controller.js';
import { WorkflowCommandsController } from './workflows.controller.js';
import { LinkCommandsController } from './links.controller.js';

/** Everything that changes something. */
@Module({
  imports: [
    CqrsModule,
    AccessModule,
    AssignmentModule,
    AttributesModule,
    BusinessHoursModule,
    ChannelsModule,
    ContactsModule,
    ContactGroupsModule,
    LinkingModule,
    ConversationsModule,
    DeletionAuditModule,
    RoutingModule,
    SavedRepliesModule,
    SettingsModule,
    TopicsModule,
  ],
  controllers: [
    AttributeCommandsController,
    BulkController,
    BusinessHoursCommandsController,
    BulkDeletionsController,
    ChannelCommandsController,
    ClosingNoteCommandsController,
    ContactAssigneeController,
    ContactBlockController,
    ContactCommandsController,
    ContactNoteCommandsController,
    ConversationCommandsController,
    ConversationStatusController,
    DeliveriesController,
    ErasuresController,
    WorkflowCommandsController,
    RedactionsController,
    GroupCommandsController,
    LinkCommandsController,
    InboundController,
    RebuildsController,
    RoutingRuleCommandsController,
    SavedReplyCommandsController,
    MergeCommandsController,
    PresenceController,
    PriorityScoreCommandsController,
    SettingsCommandsController,
    TeamCommandsController,
    TopicCommandsController,
    UserCommandsController,
    WhatsAppController,
  ],
  providers: [Commands, KnownUsers, Origins, QueueLook, Reads, Viewers],
})
export class CommandApiModule {}
