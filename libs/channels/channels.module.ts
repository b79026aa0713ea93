import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { channelHandlers } from './channel/index.js';

/** Commands of the channels; the ports come from the composition. */
@Module({ imports: [CqrsModule], providers: channelHandlers })
export class ChannelsModule {}
