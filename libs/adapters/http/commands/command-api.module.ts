import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { AccessModule } from '#access';
import { AttributesModule } from '#attributes';
import { ChannelsModule } from '#channels';
import { KnownUsers } from '../auth/known-users.js';
import { Commands } from '../conventions/commands.js';
import { Origins } from '../conventions/origins.js';
import { AttributeCommandsController } from './attributes.controller.js';
import { ChannelCommandsController } from './channels.controller.js';
import { UserCommandsController } from './users.controller.js';

/** Everything that changes something. */
@Module({
  imports: [CqrsModule, AccessModule, AttributesModule, ChannelsModule],
  controllers: [AttributeCommandsController, ChannelCommandsController, UserCommandsController],
  providers: [Commands, KnownUsers, Origins],
})
export class CommandApiModule {}
